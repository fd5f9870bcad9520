import type { ReactNode } from "react";
import { RuleList } from "../alerts/RuleList";
import { unitName } from "../charts/unit-name";
import type { PluginDetail, Rule } from "../data/outputs";
import { formatText } from "../format";
import { humanName } from "../names";
import { Card } from "../ui/Card";
import { Icon } from "../ui/icons";

interface FoldProps {
  readonly title: string;
  readonly count: number;
  readonly open?: boolean;
  readonly children: ReactNode;
}

function FoldCard({ title, count, open = false, children }: FoldProps) {
  return (
    <Card padding="none">
      <details open={open} className="group/fold">
        <summary className="flex h-12 list-none items-center gap-2 rounded-xl px-4 text-sm font-semibold [&::-webkit-details-marker]:hidden">
          <Icon name="right" size={14} className="text-muted transition-transform group-open/fold:rotate-90" />
          {title}
          <span className="num rounded bg-raised px-1 text-2xs font-medium text-muted">{count}</span>
        </summary>
        <div className="px-4 pb-4">{children}</div>
      </details>
    </Card>
  );
}

/** The alerts that will watch it, in words. */
export function AlertsCard({ rules, name }: { rules: readonly Rule[]; name: string }) {
  if (rules.length === 0) return null;
  return (
    <FoldCard title="Alerts that watch it" count={rules.length} open>
      <RuleList rules={rules} name={name} />
    </FoldCard>
  );
}

/** What a plugin collects: name, unit, what it means. */
export function MetricsCard({ plugin }: { plugin: PluginDetail }) {
  return (
    <FoldCard title="What it collects" count={plugin.metrics.length}>
      <table className="w-full text-sm" aria-label="Metrics">
        <thead className="sr-only">
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Unit</th>
          </tr>
        </thead>
        <tbody>
          {plugin.metrics.map(({ name, storedUnit, description, labels, everySeconds }) => (
            <tr key={name} className="align-top">
              <td className="border-t border-line py-2 pr-3">
                <p className="font-medium break-words">{humanName(name, plugin.id)}</p>
                <p className="text-xs text-pretty text-muted">
                  {description}
                  {labels.length > 0 ? ` By ${labels.join(", ").replaceAll("_", " ")}.` : ""}
                  {everySeconds ? ` Every ${formatText(everySeconds, "seconds")}.` : ""}
                </p>
              </td>
              <td className="border-t border-line py-2 text-right text-xs whitespace-nowrap text-muted">
                {unitName(storedUnit)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </FoldCard>
  );
}
