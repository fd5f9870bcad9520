import { sqlite } from "./dialects/sqlite";
import { defineSamples } from "./samples";

export const { metricBatches, metricChunks, metricRollups, metricHeads, metricState } = defineSamples(sqlite);
