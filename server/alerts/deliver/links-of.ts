import type { Message } from "../shapes/message";

/** The page in Unity, and what can be done from there. Only addresses of the web: whoever made a link may be anybody. */
export function linksOf({ url, actions }: Pick<Message, "url" | "actions">): { title: string; url: string }[] {
  const all = [...(url ? [{ title: "Open in Unity", url }] : []), ...actions];
  return all.filter((link) => /^https?:\/\//i.test(link.url) && URL.canParse(link.url));
}
