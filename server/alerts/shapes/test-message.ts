import type { Message, MessageAlert } from "./message";

/** A disk that is nearly full, as tests tell it. */
export function makeAlert(more: Partial<MessageAlert> = {}): MessageAlert {
  return {
    id: "018f0000-0000-7000-8000-000000000001",
    event: "firing",
    severity: "critical",
    ruleName: "Disk nearly full",
    instance: "nas",
    host: "nas.lab",
    summary: "/srv on nas is 97 % full",
    value: "97 %",
    limit: "95 %",
    labels: { mount: "/srv" },
    since: Date.UTC(2026, 0, 2, 3, 4, 5),
    url: "https://unity.lab/alerts/018f0000-0000-7000-8000-000000000001",
    ...more,
  };
}

export function makeMessage(more: Partial<Message> = {}): Message {
  return {
    id: "018f0000-0000-7000-8000-00000000000a",
    groupKey: "disk:nas",
    kind: "alerts",
    title: "Disk nearly full on nas",
    text: "/srv on nas is 97 % full",
    severity: "critical",
    state: "firing",
    alerts: [makeAlert()],
    more: 0,
    url: "https://unity.lab/alerts",
    actions: [{ title: "Acknowledge", url: "https://unity.lab/act/a.b.c" }],
    ...more,
  };
}
