/** Where to go after sign-in: only a path of this site, so that nobody can send a person elsewhere with a link. */
export function safeTarget(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to)) return "/today";
  const url = new URL(to, "https://here.invalid");
  return url.host === "here.invalid" && url.pathname !== "/sign-in"
    ? `${url.pathname}${url.search}${url.hash}`
    : "/today";
}
