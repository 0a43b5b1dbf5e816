import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

interface Props {
  /** Of a page of ours from `/` on, or a whole address of elsewhere. */
  path: string;
  onClick?: (() => void) | undefined;
  children: ReactNode;
}

/** A link whose target is known only as text: pages of ours open without loading everything again. */
export function PathLink({ path, onClick, children }: Props) {
  const { history } = useRouter();
  const ours = path.startsWith("/");
  const follow = (event: MouseEvent) => {
    onClick?.();
    if (!ours || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.push(path);
  };
  return (
    <a href={path} onClick={follow} {...(ours ? {} : { target: "_blank", rel: "noreferrer" })}>
      {children}
    </a>
  );
}
