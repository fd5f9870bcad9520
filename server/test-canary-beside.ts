import { TOOLS } from "./mcp/tools";

/** Doors beside the procedures: whether it lives, and every tool of assistants, about everything there is. */
export async function askBeside(
  { url, cookie, answers }: { url: string; cookie: string; answers: Map<string, string> },
  instances: readonly string[],
): Promise<void> {
  for (const path of ["/healthz", "/readyz"]) answers.set(path, await (await fetch(url + path)).text());
  const headers = { cookie, "content-type": "application/json" };
  const call = async (name: string, input: object) => {
    const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input } };
    const answer = await fetch(`${url}/mcp`, { method: "POST", headers, body: JSON.stringify(message) });
    answers.set(`mcp ${name} ${answers.size}`, await answer.text());
  };
  const words = { words: "what fails", question: "what fails", budget: 128_000 };
  for (const { name } of TOOLS) {
    await call(name, words);
    // As many as the limit of a minute has room for.
    for (const instance of instances.slice(0, 30))
      await call(name, { ...words, instance, alert: instance, metrics: ["up"] });
  }
}
