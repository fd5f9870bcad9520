const root = import.meta.dirname;

/** @type {import('next').NextConfig} */
const config = {
  // server/main.ts replaces the generated entry; scripts/build puts it into the standalone tree.
  output: "standalone",
  // Named, because a lock file in a folder above would make Next take that folder for the project.
  outputFileTracingRoot: root,
  turbopack: { root },
  outputFileTracingExcludes: {
    "next-server": ["node_modules/@img/**", "node_modules/sharp/**", "node_modules/typescript/**", "data/**"],
  },
  images: { unoptimized: true },
  experimental: { optimizePackageImports: ["@tremor/react"] },
  // `npm run check` checks the same files with TypeScript 7, docs/adr/0001.
  typescript: { ignoreBuildErrors: true },
  // Pages of hundreds of rows come over phones, too; what the entry serves itself it compresses itself.
  compress: true,
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
};

export default config;
