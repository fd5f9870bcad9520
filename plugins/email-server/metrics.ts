import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;
const counter = { kind: "counter", unit: "count" } as const;

export const metrics = {
  mail_queue_messages: { ...count, labels: ["queue"], description: "Messages in each of the server's queues." },
  mail_queue_waiting_messages: {
    ...count,
    description: "Messages that are to be delivered: active, incoming and deferred ones. Without those put on hold.",
  },
  mail_queue_size_bytes: { kind: "gauge", unit: "bytes", description: "Size of all messages in the queues." },
  mail_queue_oldest_age_seconds: {
    ...seconds,
    labels: ["queue"],
    description: "How long the oldest message of a queue has been there; 0 when it is empty.",
  },
  mail_queue_frozen: { ...count, description: "Exim: messages that it has given up trying until somebody looks." },
  mail_queue_deferred_reasons: {
    ...count,
    labels: ["reason_class"],
    description: "Deferred messages by why they could not be delivered, where the server tells.",
  },
  mail_queue_truncated: {
    ...bool,
    description: "1 when the queue was too long to be read to its end: its numbers are at least these.",
  },
  mail_delivery_total: {
    ...counter,
    labels: ["status"],
    description: "Deliveries in the log by how they ended: sent, deferred, bounced, expired. Once for each recipient.",
  },
  mail_rejected_total: { ...counter, description: "Messages and connections in the log that were turned away." },
  mail_auth_failures_total: { ...counter, labels: ["service"], description: "Failed logins in the log." },
  mail_smtp_up: { ...bool, description: "1 when SMTP greets, answers EHLO, and encrypts if asked to." },
  mail_imap_up: { ...bool, description: "1 when IMAP greets, tells what it can, and encrypts if asked to." },
  mail_smtp_duration_seconds: {
    ...seconds,
    labels: ["phase"],
    description: "How long SMTP took: to connect, to greet, for TLS, to log in, and in all.",
  },
  mail_imap_duration_seconds: {
    ...seconds,
    labels: ["phase"],
    description: "How long IMAP took: to connect, to greet, for TLS, to log in, and in all.",
  },
  mail_tls_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["service"],
    description: "When the certificate expires that the service shows.",
  },
  mail_login_ok: { ...bool, labels: ["service"], description: "1 when user and password were accepted." },
  mail_inbox_messages: { ...count, description: "Messages in the inbox of IMAP's user." },
  mail_inbox_unseen: { ...count, description: "Of these, not read yet." },
  mail_quota_used_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Used part of the storage that IMAP's user may have; the fullest where there are several.",
  },
  mail_sessions: { ...count, labels: ["protocol"], description: "Sessions at Dovecot that are logged in." },
  mail_dovecot_events_total: {
    ...counter,
    labels: ["event"],
    description: "Events by the names that Dovecot's configuration gives them in its metric blocks.",
  },
  mail_dovecot_events_truncated: { ...bool, description: "1 when Dovecot counts more kinds of events than are kept." },
  mail_roundtrip_ok: { ...bool, description: "1 when the last message that was sent came back in time." },
  mail_roundtrip_seconds: { ...seconds, description: "From sending the last message until it was in the inbox." },
  mail_roundtrip_failed_tries: {
    ...count,
    description: "Messages in a row that were refused or did not come back in time.",
  },
  mail_info: { kind: "info", unit: "count", labels: ["mta", "version"], description: "The servers that were asked." },
} as const satisfies Metrics;
