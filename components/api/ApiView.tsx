import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { PageHeader } from "@/components/ui/PageHeader";
import { PlaceTabs } from "@/components/ui/PlaceTabs";
import { type ApiDocument, type Entry, groupEntries } from "./api-types";
import { MethodBadge } from "./MethodBadge";
import { OperationCard } from "./OperationCard";
import { WithCode } from "./WithCode";

interface Props {
  readonly document: ApiDocument;
  /** The group that is read; undefined: what there is, in short. */
  readonly about: string | undefined;
}

/** The HTTP API to read, drawn from its own document. */
export function ApiView({ document, about }: Props) {
  const groups = groupEntries(document);
  const current = groups.find(({ name }) => name === about);
  const tabs = groups.map(({ name }) => ({ href: linkOf(name), name, current: name === current?.name }));
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <>
      <PageHeader
        title="HTTP API"
        facts={<span>{count} operations</span>}
        actions={
          <a href={`${document.servers[0]?.url}/openapi.json`} className={buttonClass()}>
            OpenAPI document
          </a>
        }
      />
      <PlaceTabs label="What it is about" items={[{ href: "/api", name: "All", current: !current }, ...tabs]} />
      {current ? (
        <section aria-label={current.name} className="flex flex-col gap-5">
          <h2 className="sr-only">{current.name}</h2>
          {current.entries.map((entry) => (
            <OperationCard key={entry.operation.operationId} entry={entry} document={document} />
          ))}
        </section>
      ) : (
        <>
          <div className="flex max-w-3xl flex-col gap-2 text-sm text-pretty text-muted">
            {document.info.description.split("\n\n").map((text) => (
              <p key={text}>
                <WithCode text={text} />
              </p>
            ))}
          </div>
          <div className="grid items-start gap-5 xl:grid-cols-2">
            {groups.map(({ name, entries }) => (
              <Group key={name} name={name} entries={entries} />
            ))}
          </div>
        </>
      )}
    </>
  );
}

function Group({ name, entries }: { name: string; entries: readonly Entry[] }) {
  return (
    <section aria-label={name} className="min-w-0">
      <h2 className="mb-2 text-sm font-semibold">{name}</h2>
      <Card padding="none">
        <ul>
          {entries.map(({ method, path, operation }) => (
            <li key={operation.operationId} className="border-b border-line last:border-b-0">
              <Link
                href={`${linkOf(name)}#${operation.operationId}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm transition-colors hover:bg-hover"
              >
                <MethodBadge method={method} />
                <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{path}</span>
                <span className="w-full text-xs text-pretty text-muted sm:ms-auto sm:w-auto">
                  <WithCode text={operation.summary} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

const linkOf = (name: string) => `/api?about=${encodeURIComponent(name)}`;
