/** The page of a rule. A plugin's own is named by two words with a slash between them. */
export const ruleHref = (id: string): string => `/alerts/rules/${id.split("/").map(encodeURIComponent).join("/")}`;
