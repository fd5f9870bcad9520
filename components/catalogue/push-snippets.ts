/** What a program is told so that it pushes here, as docs/push.md has it. */
export interface PushSnippet {
  readonly program: string;
  /** The file that it goes into. */
  readonly file: string;
  readonly text: string;
}

/** @param origin as "http://unity.lan:3000" @param token as it is shown once; without, where it is to be put */
export function pushSnippets(origin: string, token = "unity_..."): readonly PushSnippet[] {
  return [
    {
      program: "Prometheus",
      file: "prometheus.yml",
      text: `remote_write:
  - url: ${origin}/api/v1/write
    authorization:
      credentials: ${token}
`,
    },
    {
      program: "OpenTelemetry Collector",
      file: "config.yaml",
      text: `exporters:
  otlphttp/unity:
    metrics_endpoint: ${origin}/v1/metrics
    headers:
      authorization: Bearer ${token}
service:
  pipelines:
    metrics:
      receivers: [hostmetrics]
      exporters: [otlphttp/unity]
`,
    },
    {
      program: "Telegraf",
      file: "telegraf.conf",
      text: `[[outputs.influxdb_v2]]
  urls = ["${origin}"]
  token = "${token}"
  organization = "home"
  bucket = "unity"
`,
    },
  ];
}
