import { setNonce } from "get-nonce";
import * as z from "zod";

/** Must be the first import of the page: before any schema is made (Zod probes `new Function`) and before any style is written. */
export const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";

z.config({ jitless: true });
setNonce(nonce);
