"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { copyText } from "../charts/copy-chart";
import { Button } from "../ui/Button";
import { Card, CardTitle } from "../ui/Card";
import { useToast } from "../ui/Toast";
import { type PushSnippet, pushSnippets } from "./push-snippets";

/** What a plugin that is told needs instead of a test: a token, and what each program is set to. @param name of the token */
export function PushCard({ name }: { name: string }) {
  // Which name this Unity goes by, only the browser knows.
  const [origin, setOrigin] = useState("http://unity.lan:3000");
  useEffect(() => setOrigin(location.origin), []);
  return (
    <Card role="region" aria-label="How to push">
      <CardTitle>How to push</CardTitle>
      <div className="flex flex-col gap-4 text-sm">
        <p className="text-pretty text-muted">
          Make a token {name === "" ? "" : `named "${name}" `}that may <em>send</em> under{" "}
          <Link href="/settings/tokens" className="underline underline-offset-2">
            API tokens
          </Link>
          , and put it where unity_... stands. At the first push the instance has its readings; nothing has to be
          tested.
        </p>
        {pushSnippets(origin).map((snippet) => (
          <Snippet key={snippet.program} snippet={snippet} />
        ))}
      </div>
    </Card>
  );
}

function Snippet({ snippet: { program, file, text } }: { snippet: PushSnippet }) {
  const toast = useToast();
  const copy = async () => {
    const taken = await copyText(text, file, "text/plain");
    toast({ text: taken === "copied" ? "Copied." : `Saved as ${file}.` });
  };
  return (
    <section aria-label={program} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-medium">
          {program} <span className="font-normal text-muted">{file}</span>
        </h3>
        <Button size="small" icon="copy" onClick={() => void copy()}>
          Copy<span className="sr-only"> for {program}</span>
        </Button>
      </div>
      <pre className="whitespace-pre-wrap break-all rounded-xl border border-line-strong bg-raised px-3 py-2.5 font-mono text-xs dark:bg-bg">
        {text}
      </pre>
    </section>
  );
}
