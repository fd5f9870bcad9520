import { describeWith } from "../../../scripts/stores/describe-with";
import { describeMetricStore } from "../test-contract";
import { createVictoriaPlace } from "./test-victoria";

const SERVER_DROPS = "how long samples are kept is the server's affair: prune drops nothing";

describeWith("victoriametrics", (url) => {
  describeMetricStore("VictoriaMetrics", async () => createVictoriaPlace(url), {
    // It keeps decimal numbers of about 12 digits, by blocks of one series.
    tolerance: 1e-9,
    daysApart: 0,
    without: {
      "doubles come back bit by bit: negative, huge, tiny, long": "the server keeps about 12 digits",
      "a clock that once stood at 1970 is no lasting harm": "the server drops what is older than its -retentionPeriod",
      "each tier keeps what it is told: raw samples, then hours, then days": SERVER_DROPS,
      "a sample from before the raw samples that are kept is ignored": SERVER_DROPS,
      "the count of samples is the same before and after rolling up, and the oldest is known":
        "the server counts the samples of all who write to it, and not at once",
    },
  });
});
