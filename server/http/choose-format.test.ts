import { expect, test } from "vitest";
import { chooseFormat } from "./choose-format";

test.each([
  ["nobody said", undefined, "prometheus"],
  ["a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "prometheus"],
  ["curl", "*/*", "prometheus"],
  [
    "Prometheus 2.42",
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "openmetrics",
  ],
  [
    "Prometheus 2.20",
    "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "prometheus",
  ],
  [
    "Prometheus 3",
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
    "openmetrics",
  ],
  ["who would rather have text", "application/openmetrics-text;q=0.2,text/plain;q=0.7", "prometheus"],
  ["who refuses OpenMetrics", "application/openmetrics-text;q=0", "prometheus"],
  ["capitals and spaces", "Application/OpenMetrics-Text ; Version=1.0.0", "openmetrics"],
  ["no numbers", "application/openmetrics-text;q=x,;;q=,,=", "prometheus"],
  ["an endless header", `application/openmetrics-text,${"x,".repeat(2_000)}`, "prometheus"],
])("%s", (_, accept, format) => {
  expect(chooseFormat(accept)).toBe(format);
});
