/** What assistants are told of where Unity is; each reads another file. */
export const ASSISTANTS = [
  { value: "code", name: "Claude Code" },
  { value: "desktop", name: "Claude Desktop" },
  { value: "other", name: "Others" },
] as const;
export type AssistantName = (typeof ASSISTANTS)[number]["value"];

/** Stands where the token goes. It is shown once, when it is made, and never here. */
const TOKEN = "YOUR_TOKEN";

/** In a variable: some versions lose what stands behind a space in an argument. */
const VARIABLE = ["Authorization:", "{AUTH}"].join("$");

/** @param origin as "http://unity.lan:3000" */
export const mcpAddress = (origin: string): string => `${origin}/mcp`;

export function assistantConfig(assistant: AssistantName, origin: string): string {
  const url = mcpAddress(origin);
  const bearer = `Bearer ${TOKEN}`;
  switch (assistant) {
    case "code":
      return `claude mcp add --transport http unity ${url} --header "Authorization: ${bearer}"`;
    case "desktop": {
      // It starts programs; this one speaks HTTP for it, and wants to be told that an address is not encrypted.
      const plain = url.startsWith("http://") ? ["--allow-http"] : [];
      const args = ["-y", "mcp-remote", url, "--header", VARIABLE, ...plain];
      return pretty({ mcpServers: { unity: { command: "npx", args, env: { AUTH: bearer } } } });
    }
    case "other":
      return pretty({ mcpServers: { unity: { type: "http", url, headers: { Authorization: bearer } } } });
  }
  return assistant satisfies never;
}

const pretty = (value: unknown) => JSON.stringify(value, undefined, 2);

/** Where it goes. */
export const PLACES: Readonly<Record<AssistantName, string>> = {
  code: "Run it in a terminal.",
  desktop: "Into claude_desktop_config.json, under Settings, Developer. It needs Node.js beside it.",
  other: "Into the file of MCP servers of your editor or assistant: streamable HTTP with a header.",
};
