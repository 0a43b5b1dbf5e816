import { nonce } from "./csp.ts";
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/kit.css";
import "./style/table.css";
import "./style/shell.css";
import "./style/work.css";
import "./style/pages.css";
import "./style/triage.css";
import "./style/asked.css";
import "./style/risk.css";
import "./style/advisories.css";
import "./style/fda.css";
import "./style/security-file.css";
import "./style/threat-answers.css";
import "./style/security-file-risk.css";
import "./style/compare.css";
import "./style/evidence.css";
import "./style/controls.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueries } from "./api/queries.ts";
import { createAppRouter } from "./routes.tsx";
import { cssVariables, theme } from "./theme.ts";

const queries = createQueries(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== "/sign-in" && !pathname.startsWith("/link"))
    void router.navigate({ to: "/sign-in", search: { to: href } });
});
const router = createAppRouter(queries);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
