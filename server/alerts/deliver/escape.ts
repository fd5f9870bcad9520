/** For HTML, XML and attributes in double quotes. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Telegram knows four entities by name, and numbers. */
export const escapeTelegram = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Slack's three. Mentions and links begin with "<". */
export const escapeSlack = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A backslash before all that Markdown may take for its own; nobody is mentioned, and no link has another face. */
export const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|>~<:@&]/g, "\\$&");
