import { formatText } from "../../../components/format";
import { fillIn } from "./template";

interface Told {
  readonly summary: string;
  readonly instanceName: string | null;
  readonly host: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly unit: Parameters<typeof formatText>[1];
  readonly value: number | null;
  readonly limit: number | null;
}

/** What a rule says of an alert, filled in as in messages. */
export const summaryOf = ({ summary, instanceName, host, labels, unit, value, limit }: Told): string =>
  fillIn(summary, {
    instance: instanceName ?? "A removed instance",
    host: host ?? "its host",
    value: formatText(value, unit),
    limit: formatText(limit, unit),
    ...labels,
  });
