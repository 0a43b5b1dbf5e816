import { useEffect, useMemo, useState } from "react";
import type { Layout } from "../../../features/security-file/design/schema.ts";
import { type EnginePlaces, engineGraph } from "../../../features/security-file/views/lay-out/elk.ts";
import { type Placed, place } from "../../../features/security-file/views/lay-out/place.ts";
import type { Picture } from "../../../features/security-file/views/picture.ts";
import { layOut } from "./engine.ts";

interface Found {
  of: string;
  places: EnginePlaces;
}

/** The picture with places; null until the layout engine answered for the first time. What changes meanwhile stands where it was. */
export function usePlaced(picture: Picture, layout: Layout | undefined): { placed: Placed | null; error: unknown } {
  const graph = useMemo(() => engineGraph(picture), [picture]);
  const key = useMemo(() => JSON.stringify(graph), [graph]);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the graph by its content
  useEffect(() => {
    let wanted = true;
    layOut(picture)
      .then((places) => {
        if (!wanted) return;
        setFound({ of: key, places });
        setError(null);
      })
      .catch((failure: unknown) => {
        if (wanted) setError(failure);
      });
    return () => {
      wanted = false;
    };
  }, [key]);
  const places = layout?.places;
  const placed = useMemo(() => {
    if (found === null) return null;
    const known = new Set(places?.map(({ of }) => of));
    // Something new without a place waits for the engine: it would stand in the corner for a moment.
    const waits = found.of !== key && picture.boxes.some(({ id }) => !known.has(id) && !found.places.boxes.has(id));
    return waits ? null : place(picture, found.places, places);
  }, [found, key, picture, places]);
  const [last, setLast] = useState<Placed | null>(null);
  useEffect(() => {
    if (placed !== null) setLast(placed);
  }, [placed]);
  return { placed: placed ?? (last?.picture.view === picture.view ? last : null), error };
}
