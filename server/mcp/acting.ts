/** Tools that change something. Apart from the tools themselves, whose code is loaded with the first message: the door counts these otherwise. */
export const ACTING_TOOLS: ReadonlySet<string> = new Set(["acknowledge_alert", "silence_instance"]);
