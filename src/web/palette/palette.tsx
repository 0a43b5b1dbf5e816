import { lazy, Suspense, useEffect, useState } from "react";
import { onOpenPalette, openPalette } from "./store.ts";

const PaletteBox = lazy(() => import("./palette-box.tsx").then((module) => ({ default: module.PaletteBox })));

/** Ctrl K / ⌘ K from anywhere, also while typing. Its code comes with the first use. */
export function Palette() {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      openPalette();
    };
    document.addEventListener("keydown", onKey);
    const off = onOpenPalette(() => {
      setWanted(true);
      setOpened(true);
    });
    return () => {
      document.removeEventListener("keydown", onKey);
      off();
    };
  }, []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <PaletteBox opened={opened} onClose={() => setOpened(false)} />
    </Suspense>
  );
}
