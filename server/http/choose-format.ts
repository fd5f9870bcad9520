/** What a page of metrics is written in: see `server/describe/exposition.ts`. */
export const CONTENT_TYPES = {
  prometheus: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const;
type Format = keyof typeof CONTENT_TYPES;

/** A header is short, and whoever sends a long one gets the plain format. */
const MOST_CHARACTERS = 2_000;

/** OpenMetrics 1.0 for those who would rather have it; the text format for everybody else, browsers among them. @param accept the header */
export function chooseFormat(accept: string | undefined): Format {
  if (accept === undefined || accept.length > MOST_CHARACTERS) return "prometheus";
  const best = { openmetrics: 0, prometheus: 0 };
  for (const range of accept.toLowerCase().split(",")) {
    const [type, ...parameters] = range.split(";").map((part) => part.trim());
    const value = (name: string) =>
      parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
    const quality = Number(value("q") ?? 1);
    const offered = formatOf(type, value("version"));
    if (offered && quality > best[offered]) best[offered] = quality;
  }
  return best.openmetrics > best.prometheus ? "openmetrics" : "prometheus";
}

/** Whoever takes anything takes the text format. */
function formatOf(type: string | undefined, version: string | undefined): Format | undefined {
  if (type === "application/openmetrics-text")
    return version === undefined || version === "1.0.0" ? "openmetrics" : undefined;
  if (type === "text/plain") return version === undefined || version === "0.0.4" ? "prometheus" : undefined;
  return undefined;
}
