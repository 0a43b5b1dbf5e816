import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import * as z from "zod";
import { FunctionKind, Phase } from "../features/devices/schema.ts";
import { Rating } from "../features/intel/assess/schema.ts";
import { FindingSort, State } from "../features/intel/findings/schema.ts";
import { InboxFilter } from "../features/intel/inbox/schema.ts";
import { SupportBucket } from "../features/intel/support/schema.ts";
import { AdvisoryState } from "../features/publish/schema.ts";
import { ControlCategory } from "../features/security-file/assurance/schema.ts";
import { View as ArchitectureView } from "../features/security-file/design/schema.ts";
import { TraceFrom } from "../features/security-file/trace/schema.ts";
import { meQuery } from "./api/me.ts";
import { problemOf } from "./api/problem.ts";
import { parseSearch, stringifySearch } from "./api/search-params.ts";
import { LoadingPage } from "./kit/loading.tsx";
import { NotHere } from "./shell/not-here.tsx";
import { RouteProblem } from "./shell/route-problem.tsx";
import { Shell } from "./shell/shell.tsx";
import { openWithMine } from "./threats/open-with-mine.ts";

/** A search parameter that is dropped, not refused, when it makes no sense. */
const soft = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
const text = soft(z.coerce.string().max(200));
const list = <T extends z.ZodType>(item: T) =>
  soft(z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item)));

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: z.object({ to: text, error: text }),
  component: lazyRouteComponent(() => import("./sign-in/sign-in-page.tsx"), "SignInPage"),
});

const link = createRoute({
  getParentRoute: () => root,
  path: "/link",
  component: lazyRouteComponent(() => import("./sign-in/link-page.tsx"), "LinkPage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "in",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meQuery());
    } catch (error) {
      if (problemOf(error).code === "not_signed_in") throw redirect({ to: "/sign-in", search: { to: location.href } });
      throw error;
    }
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/today" });
  },
});

const today = createRoute({
  getParentRoute: () => shell,
  path: "/today",
  component: lazyRouteComponent(() => import("./today/today-page.tsx"), "TodayPage"),
});

const clocks = createRoute({
  getParentRoute: () => shell,
  path: "/today/clocks",
  validateSearch: z.object({ show: soft(z.enum(["all", "settings"])), clock: soft(z.uuid()) }),
  component: lazyRouteComponent(() => import("./clocks/clocks-page.tsx"), "ClocksPage"),
});

const calendar = createRoute({
  getParentRoute: () => shell,
  path: "/today/calendar",
  validateSearch: z.object({ show: soft(z.enum(["events", "past"])) }),
  component: lazyRouteComponent(() => import("./calendar/calendar-page.tsx"), "CalendarPage"),
});

const notices = createRoute({
  getParentRoute: () => shell,
  path: "/notices",
  validateSearch: z.object({ unread: soft(z.boolean()) }),
  component: lazyRouteComponent(() => import("./notices/notices-page.tsx"), "NoticesPage"),
});

const noticePreferences = createRoute({
  getParentRoute: () => shell,
  path: "/account/notices",
  component: lazyRouteComponent(() => import("./notices/preferences-page.tsx"), "PreferencesPage"),
});

const devices = createRoute({
  getParentRoute: () => shell,
  path: "/devices",
  validateSearch: z.object({
    text,
    phase: soft(Phase),
    kind: soft(FunctionKind),
    sort: soft(z.enum(["danger", "name", "changed"])),
    view: soft(z.enum(["cards", "table"])),
    add: soft(z.boolean()),
  }),
  component: lazyRouteComponent(() => import("./devices/devices-page.tsx"), "DevicesPage"),
});

const device = createRoute({
  getParentRoute: () => shell,
  path: "/devices/$deviceId",
  validateSearch: z.object({ release: soft(z.uuid()) }),
  component: lazyRouteComponent(() => import("./devices/device-page.tsx"), "DevicePage"),
});

const overview = createRoute({
  getParentRoute: () => device,
  path: "/",
  component: lazyRouteComponent(() => import("./devices/overview-tab.tsx"), "OverviewTab"),
});

const parts = createRoute({
  getParentRoute: () => device,
  path: "/parts",
  validateSearch: z.object({
    view: soft(z.enum(["table", "tree", "quality", "difference", "uploads", "vex"])),
    support: soft(SupportBucket),
    text,
    missing: text,
    vulnerable: soft(z.boolean()),
    unmatched: soft(z.boolean()),
    sort: soft(z.enum(["document", "name", "findings", "missing", "support"])),
    sbom: soft(z.uuid()),
    before: soft(z.uuid()),
    part: soft(z.coerce.number().int()),
  }),
  component: lazyRouteComponent(() => import("./devices/parts/parts-tab.tsx"), "PartsTab"),
});

const design = createRoute({
  getParentRoute: () => device,
  path: "/design",
  validateSearch: z.object({
    view: soft(ArchitectureView),
    show: soft(z.enum(["list"])),
    of: text,
    item: text,
    light: text,
  }),
  component: lazyRouteComponent(() => import("./security-file/design/design-tab.tsx"), "DesignTab"),
});

const compare = createRoute({
  getParentRoute: () => device,
  path: "/design/compare",
  validateSearch: z.object({ with: soft(z.uuid()) }),
  component: lazyRouteComponent(() => import("./security-file/compare/compare-tab.tsx"), "CompareTab"),
});

const deviceThreats = createRoute({
  getParentRoute: () => device,
  path: "/threats",
  validateSearch: z.object({ show: soft(z.enum(["threats", "check"])), proposal: text, item: text }),
  component: lazyRouteComponent(() => import("./security-file/threats/threats-tab.tsx"), "ThreatsTab"),
});

const findings = createRoute({
  getParentRoute: () => device,
  path: "/findings",
  validateSearch: z.object({
    state: list(State),
    rating: list(Rating),
    exploited: soft(z.boolean()),
    suspect: soft(z.boolean()),
    mine: soft(z.boolean()),
    gone: soft(z.boolean()),
    component: text,
    advisory: text,
    text,
    sort: soft(FindingSort),
    finding: soft(z.uuid()),
  }),
  component: lazyRouteComponent(() => import("./findings/findings-tab.tsx"), "FindingsTab"),
});

const risks = createRoute({
  getParentRoute: () => device,
  path: "/risks",
  validateSearch: z.object({ item: text, show: soft(z.enum(["open"])), text }),
  component: lazyRouteComponent(() => import("./security-file/risk/risks-tab.tsx"), "RisksTab"),
});

const controls = createRoute({
  getParentRoute: () => device,
  path: "/controls",
  validateSearch: z.object({
    view: soft(z.enum(["list", "matrix", "asked", "sources"])),
    category: soft(ControlCategory),
    from: soft(TraceFrom),
    gaps: soft(z.boolean()),
    item: text,
  }),
  component: lazyRouteComponent(() => import("./controls/controls-tab.tsx"), "ControlsTab"),
});

const evidence = createRoute({
  getParentRoute: () => device,
  path: "/evidence",
  validateSearch: z.object({ from: soft(z.iso.date()), until: soft(z.iso.date()) }),
  component: lazyRouteComponent(() => import("./evidence/evidence-tab.tsx"), "EvidenceTab"),
});

const history = createRoute({
  getParentRoute: () => device,
  path: "/history",
  component: lazyRouteComponent(() => import("./devices/history-tab.tsx"), "HistoryTab"),
});

const threats = createRoute({
  getParentRoute: () => shell,
  path: "/threats",
  validateSearch: z.object({
    show: soft(InboxFilter.shape.show.unwrap()),
    exploited: soft(z.boolean()),
    rating: soft(Rating),
    text,
    sort: soft(z.enum(["harm", "newest", "epss"])),
    by: soft(z.enum(["vulnerability", "device"])),
    advisory: text,
    device: soft(z.uuid()),
  }),
  beforeLoad: ({ context, location }) => openWithMine(context.queries, location.searchStr),
  component: lazyRouteComponent(() => import("./threats/threats-page.tsx"), "ThreatsPage"),
});

const advisories = createRoute({
  getParentRoute: () => shell,
  path: "/threats/advisories",
  validateSearch: z.object({ state: soft(AdvisoryState) }),
  component: lazyRouteComponent(() => import("./advisories/advisories-page.tsx"), "AdvisoriesPage"),
});

const publisher = createRoute({
  getParentRoute: () => shell,
  path: "/threats/advisories/publisher",
  component: lazyRouteComponent(() => import("./advisories/publisher-page.tsx"), "PublisherPage"),
});

const advisory = createRoute({
  getParentRoute: () => shell,
  path: "/threats/advisories/$advisoryId",
  validateSearch: z.object({ view: soft(z.enum(["reader", "csaf"])) }),
  component: lazyRouteComponent(() => import("./advisories/advisory-page.tsx"), "AdvisoryPage"),
});

const letter = createRoute({
  getParentRoute: () => shell,
  path: "/threats/advisories/$advisoryId/letter",
  validateSearch: z.object({ site: text }),
  component: lazyRouteComponent(() => import("./advisories/letter-page.tsx"), "LetterPage"),
});

const feeds = createRoute({
  getParentRoute: () => shell,
  path: "/threats/feeds",
  component: lazyRouteComponent(() => import("./threats/feeds-page.tsx"), "FeedsPage"),
});

const asked = createRoute({
  getParentRoute: () => shell,
  path: "/threats/asked",
  validateSearch: z.object({
    view: soft(z.enum(["statements", "devices", "authors"])),
    state: soft(z.enum(["proposed", "confirmed", "rejected"])),
  }),
  component: lazyRouteComponent(() => import("./threats/asked/asked-page.tsx"), "AskedPage"),
});

const reports = createRoute({
  getParentRoute: () => shell,
  path: "/threats/reports",
  validateSearch: z.object({ show: soft(z.enum(["open", "closed", "all"])), settings: soft(z.boolean()) }),
  component: lazyRouteComponent(() => import("./reports/reports-page.tsx"), "ReportsPage"),
});

const report = createRoute({
  getParentRoute: () => shell,
  path: "/threats/reports/$caseId",
  component: lazyRouteComponent(() => import("./reports/case-page.tsx"), "CasePage"),
});

const audits = createRoute({
  getParentRoute: () => shell,
  path: "/audits",
  validateSearch: z.object({
    actorId: text,
    action: text,
    subjectType: text,
    subjectId: text,
    from: soft(z.iso.date()),
    to: soft(z.iso.date()),
    entry: soft(z.coerce.number().int()),
  }),
  component: lazyRouteComponent(() => import("./audits/audits-page.tsx"), "AuditsPage"),
});

const bedside = createRoute({
  getParentRoute: () => shell,
  path: "/bedside",
  component: lazyRouteComponent(() => import("./bedside/bedside-page.tsx"), "BedsidePage"),
});

const bedsideQuestion = createRoute({
  getParentRoute: () => shell,
  path: "/bedside/$releaseId/$advisory",
  component: lazyRouteComponent(() => import("./bedside/question-page.tsx"), "QuestionPage"),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: "/people",
  validateSearch: z.object({ view: soft(z.enum(["people", "roles", "keys", "webhooks"])), invite: soft(z.boolean()) }),
  component: lazyRouteComponent(() => import("./people/people-page.tsx"), "PeoplePage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/account-page.tsx"), "AccountPage"),
});

/** Anything else: the way on is beside it. */
const notHere = createRoute({ getParentRoute: () => shell, path: "$", component: NotHere });

const tree = root.addChildren([
  signIn,
  link,
  shell.addChildren([
    home,
    today,
    clocks,
    calendar,
    notices,
    noticePreferences,
    devices,
    device.addChildren([overview, design, compare, deviceThreats, parts, findings, risks, controls, evidence, history]),
    threats,
    feeds,
    reports,
    report,
    asked,
    bedside,
    bedsideQuestion,
    advisories,
    publisher,
    advisory,
    letter,
    audits,
    people,
    account,
    notHere,
  ]),
]);

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: RouteProblem,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
