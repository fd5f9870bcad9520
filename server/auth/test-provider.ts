import { createServer, type Server } from "node:http";
import type { Configuration } from "oidc-provider";

/**
 * For tests only: a real provider of identities (OpenID Connect), which lets everybody in under the name that is typed.
 * @param groupsOf what it says of somebody under the scope "groups"; undefined: nothing
 */
export async function openProvider(
  redirectUri: () => string,
  groupsOf: (who: string) => readonly string[] | undefined = () => undefined,
) {
  const { default: Provider } = await import("oidc-provider");
  let server: Server | undefined;
  const port = await new Promise<number>((found) => {
    const opened = createServer().listen(0, "127.0.0.1", () => {
      const address = opened.address();
      server = opened;
      found(typeof address === "object" && address ? address.port : 0);
    });
  });
  const issuer = `http://127.0.0.1:${port}`;
  const client = { client_id: "unity", client_secret: "the secret of the client" };
  const configuration: Configuration = {
    clients: [{ ...client, redirect_uris: [redirectUri()], token_endpoint_auth_method: "client_secret_post" }],
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        ...{ sub: id, name: `${id} of the provider`, email: `${id}@example.org`, email_verified: true },
        ...{ groups: groupsOf(id) },
      }),
    }),
    conformIdTokenClaims: false,
    cookies: { keys: ["of a test"] },
    features: { devInteractions: { enabled: true } },
  };
  const provider = new Provider(issuer, configuration);
  server?.on("request", provider.callback());

  return {
    issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    close: () => server?.close(),
    /** What a browser does there: signs in as `who`, and agrees. @returns where it is sent back to */
    async enter(url: string, who: string): Promise<string> {
      const jar = new Map<string, string>();
      const go = async (to: string, form?: Record<string, string>) => {
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
        const body = form && { method: "POST", body: new URLSearchParams(form) };
        const answer = await fetch(to, { redirect: "manual", headers: { cookie }, ...body });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        return { to: new URL(answer.headers.get("location") ?? "", to).href, text: await answer.text() };
      };
      let at = (await go(url)).to;
      for (let step = 0; step < 10 && at.startsWith(issuer); step += 1) {
        if (!at.includes("/interaction/")) at = (await go(at)).to;
        else {
          const { text } = await go(at);
          const prompt = /name="prompt" value="([^"]+)"/.exec(text)?.[1] ?? "";
          at = (await go(at, prompt === "login" ? { prompt, login: who, password: "any" } : { prompt })).to;
        }
      }
      return at;
    },
  };
}
