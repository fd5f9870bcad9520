import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Health and what is public can be read without a token. GitLab's many processes say nothing of its address. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [3_000, 3_001],
    onlyPorts: true,
    process: ["forgejo"],
    image: ["forgejo/forgejo", "*/forgejo"],
    answer: { path: "/api/forgejo/v1/version", body: '"version"' },
    config: ({ place }) => ({ type: "forgejo", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [3_000, 3_001],
    onlyPorts: true,
    process: ["gitea"],
    image: ["gitea/gitea", "*/gitea"],
    answer: { path: "/api/v1/version", body: '"version"' },
    config: ({ place }) => ({ type: "gitea", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [3_000],
    onlyPorts: true,
    process: ["gogs"],
    image: ["gogs/gogs"],
    config: ({ place }) => ({ type: "gogs", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [80],
    image: ["gitlab/gitlab-ce", "gitlab/gitlab-ee"],
    config: ({ place }) => ({ type: "gitlab", url: `http://${place}` }),
  },
];
