import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../api/problem.ts";

const UNDO_MS = 12_000;
const SAID_MS = 5_000;
const CLOSE = { closeButtonProps: { "aria-label": "Close" } };

export const say = (message: string): string =>
  notifications.show({ message, autoClose: SAID_MS, withBorder: true, ...CLOSE });

/** Something was done and can be taken back: no question before, a way back after. Returns what `unsay` takes. */
export function sayUndo(message: string, undo: () => Promise<unknown>): string {
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    ...CLOSE,
    message: (
      <span className="undo">
        {message}
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo().catch(sayProblem);
          }}
        >
          Undo
        </Button>
      </span>
    ),
  });
  return id;
}

export const unsay = (id: string): void => {
  notifications.hide(id);
};

export function sayProblem(error: unknown): void {
  const { title, reason, fix } = problemOf(error);
  notifications.show({
    title,
    message: [reason, fix].filter((part) => part !== null && part !== "").join(" "),
    color: "red",
    autoClose: UNDO_MS,
    withBorder: true,
    ...CLOSE,
  });
}
