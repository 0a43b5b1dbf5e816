import type { AnyRouter } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { devicesRoutes } from "../features/devices/routes.ts";
import type { People } from "../features/people/people.ts";
import { peopleRoutes } from "../features/people/routes.ts";
import { assessReleaseJob } from "../flows/assess-release.ts";
import { intelFiles } from "../flows/intel-index.ts";
import type { DescribedRoute } from "../platform/http/openapi.ts";
import type { Job, Schedule } from "../platform/jobs/job.ts";

/** What the features bring to a server: endpoints of contracts, plain routes for files, jobs, and work at set times. */
export interface Features {
  router: AnyRouter;
  mount(app: FastifyInstance): Promise<void>;
  described: DescribedRoute[];
  jobs: Job[];
  schedules: Schedule[];
  close(): void;
}

export function composeFeatures({ people, intelFolder }: { people: People; intelFolder: string }): Features {
  const intel = intelFiles(intelFolder);
  return {
    router: {
      people: peopleRoutes(people),
      devices: devicesRoutes,
    },
    async mount(app) {
      await people.mount(app);
    },
    described: [],
    jobs: [assessReleaseJob(intel)],
    schedules: [],
    close: () => intel.close(),
  };
}
