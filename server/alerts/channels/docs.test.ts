import { expect, test } from "vitest";
import { z } from "zod";
import { CHANNEL_KINDS } from "../channel-kinds";
import type { Channel } from "./channel";

const INTRO = `# Channels

Where Unity tells people what is wrong. Each section says what to make at the service and what to fill in at Unity.

- The **Test** button really sends a message and shows the service's own answer.
- Secrets are encrypted in the database, and may be references such as \`file:/run/secrets/ntfy\` ([Secrets](secrets.md)).
- Secrets go in and never come out: forms, answers, logs and exports show \`***\`. When a channel's server becomes another one, its secrets
  are entered anew: what is stored is not sent there.
- What a service answers decides: 2xx is done; time-outs, broken connections, 408, 425, 429 and 5xx are tried again, after as long as the
  service asks for; anything else wants you. Redirects are not followed, except by you: use the address where they end.
- Link-local and cloud metadata addresses are refused, whatever name leads to them, unless whoever runs
  Unity [allows them](configuration.md#what-unity-connects-to).
- Texts are cut at each service's limits, and whatever a container or a host calls itself stays text: no markup, no mention, no header.

## Channels in a file

The file of everything ([Rules](rules.md#everything-as-a-file)) has channels without their secrets: \`***\` stands in their place. An import
keeps the secrets that are stored with the channel of the same id or name. Where none is stored, as on another machine, the channel is there but
off, and the import says what has to be typed in; it can be typed into the file instead, before it is imported. A file that moves a channel
to another server needs its secrets in the file.

This page is made from the channels themselves: \`npx vitest run server/alerts/channels/docs.test.ts -u\`.
`;

interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly secret?: boolean;
  readonly enum?: readonly string[];
  readonly type?: string;
}

test("the page about channels is what the channels say", async () => {
  const page = `${[INTRO, ...CHANNEL_KINDS.map(sectionOf)].join("\n")}`;
  await expect(page).toMatchFileSnapshot("../../../docs/channels.md");
});

function sectionOf({ title, help, setup, config }: Channel): string {
  const { properties = {}, required = [] } = z.toJSONSchema(config, { io: "input", unrepresentable: "any" });
  const rows = Object.entries(properties as Record<string, Field>).map(
    ([name, field]) => `- **${field.title ?? name}** (\`${name}\`)${factsOf(field, required.includes(name))}`,
  );
  return `## ${title}\n\n${help}\n\n${setup.map((step, index) => `${index + 1}. ${step}`).join("\n")}\n\nSettings:\n\n${rows.join("\n")}\n`;
}

function factsOf(field: Field, isRequired: boolean): string {
  const { description = "", secret = false, default: fallback, enum: choices } = field;
  const plain = typeof fallback === "string" || typeof fallback === "number" || typeof fallback === "boolean";
  const facts = [
    isRequired ? "required" : "",
    secret ? "secret" : "",
    choices ? choices.map((choice) => `\`${choice}\``).join(", ") : "",
    plain && fallback !== "" ? `default \`${fallback}\`` : "",
  ].filter((fact) => fact !== "");
  return `${facts.length === 0 ? "" : `: ${facts.join("; ")}`}${description ? `. ${description}` : ""}`;
}
