import { createContext, useContext } from "react";

/** What a node of the canvas may ask of it. */
export interface CanvasActions {
  /** The item whose name is being written. */
  renaming: string | null;
  onRenamed: (kind: "elements" | "zones", id: string, name: string | null) => void;
  onResized: (zone: string, width: number, height: number) => void;
}

export const CanvasContext = createContext<CanvasActions>({
  renaming: null,
  onRenamed: () => {},
  onResized: () => {},
});

export const useCanvas = (): CanvasActions => useContext(CanvasContext);

/** The zoom the picture is drawn for: a step, so that a turn of the wheel does not draw everything anew. */
export const NearContext = createContext(1);

export const useNear = (): number => useContext(NearContext);
