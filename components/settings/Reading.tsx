import Link from "next/link";
import { Card } from "@/components/ui/Card";
import { SettingRow } from "./SettingRow";

const FILES = [
  { file: "docs/configuration.md", about: "Every variable that can be set, and the paths." },
  { file: "docs/api.md", about: "The HTTP API: tokens, lists, errors, limits, what stays." },
  { file: "docs/storage.md", about: "What is kept how long, how big it gets, what a crash can lose." },
  { file: "docs/plugins.md", about: "How a plugin is written, recorded and checked." },
  { file: "docs/architecture.md", about: "How Unity is built, and who may import whom." },
] as const;

/** The documentation lies beside the source: Unity asks no website for it. */
export function Reading() {
  return (
    <Card padding="none">
      <SettingRow name="The HTTP API, for scripts and programs.">
        <Link href="/api" className="rounded text-accent underline underline-offset-2 hover:no-underline">
          Every address
        </Link>
      </SettingRow>
      {FILES.map(({ file, about }) => (
        <SettingRow key={file} name={about}>
          <code className="text-xs text-muted">{file}</code>
        </SettingRow>
      ))}
    </Card>
  );
}
