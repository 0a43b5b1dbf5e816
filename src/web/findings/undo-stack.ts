/** A decision made on this page that can be taken back: what the server calls it, and the line to go back to. */
export interface Undoable {
  changeIds: string[];
  key: string | null;
  notice: string;
}

const MOST = 200;

/** What was decided in this browser since the page was loaded, newest last. */
const stack: Undoable[] = [];

export function push(undoable: Undoable): void {
  stack.push(undoable);
  if (stack.length > MOST) stack.shift();
}

export const popLast = (): Undoable | undefined => stack.pop();

export function drop(undoable: Undoable): void {
  const at = stack.indexOf(undoable);
  if (at >= 0) stack.splice(at, 1);
}
