import { drawTable } from "../docs/markdown";
import type { Package } from "./list-packages.mjs";

/** docs/licences.md: whose work Unity is made from. */
export function writeLicencePage(packages: readonly Package[]): string {
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const byCount = [...counts].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1));
  return `# Licences

<!-- Written by npm run docs:licences from the lock file; a test fails when it is old. -->

Unity is under the [MIT licence](../LICENSE). What is built of it is made from ${packages.length} packages of others, or built with them. Their licences, word
for word, are in \`THIRD-PARTY-NOTICES.txt\` beside the server, in each image and package; a release has the list as a CycloneDX SBOM, too.

${drawTable(
  ["licence", "packages"],
  byCount.map(([licence, count]) => [licence, String(count)]),
)}

${drawTable(
  ["package", "version", "licence"],
  packages.map(({ name, version, licence }) => [name, version, licence]),
)}
`;
}
