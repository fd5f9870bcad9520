const VERSION = /^## (?:(Unreleased)|(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\))$/;

export interface Version {
  /** 1.2.3, or Unreleased. */
  readonly name: string;
  readonly sections: string[];
}

/** CHANGELOG.md, newest first. `wrong` are headings that are none of ours. */
export function readChangelog(text: string): { versions: Version[]; wrong: string[] } {
  const [versions, wrong]: [Version[], string[]] = [[], []];
  for (const line of text.split("\n").filter((one) => /^##/.test(one))) {
    const [, unreleased, number] = VERSION.exec(line) ?? [];
    const name = unreleased ?? number;
    const section = /^### (.+)$/.exec(line)?.[1];
    if (name) versions.push({ name, sections: [] });
    else if (section && versions.length > 0) versions.at(-1)?.sections.push(section);
    else wrong.push(line);
  }
  return { versions, wrong };
}
