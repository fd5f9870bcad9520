import { type Panel, ROWS, type Row } from "./panels";

const PANEL_HEIGHT = 8;
const STAT_HEIGHT = 4;
/** Of the classic model, which every Grafana since version 9 takes. */
const SCHEMA_VERSION = 37;
const SOURCE = { type: "grafana-postgresql-datasource", uid: "${source}" };

/** The board of docs/examples/grafana.json, to be imported into Grafana: it asks for the data source when it is opened. */
export function writeDashboard() {
  return {
    title: "Unity",
    uid: "unity-overview",
    tags: ["unity"],
    description: "Hosts, disks, services and containers as Unity collects them, by SQL from TimescaleDB.",
    editable: true,
    graphTooltip: 1,
    schemaVersion: SCHEMA_VERSION,
    timezone: "browser",
    refresh: "30s",
    time: { from: "now-6h", to: "now" },
    templating: {
      list: [
        {
          ...{ name: "source", label: "Data source", type: "datasource", query: SOURCE.type },
          ...{ refresh: 1, hide: 0, multi: false, includeAll: false },
        },
        chooser("host", "Host", collected("host", "")),
        chooser("instance", "Instance", collected("instance", " and host in ($host)")),
      ],
    },
    panels: place(ROWS),
  };
}

/** By the one metric that every instance has: Grafana's own user sees no table of Unity's. */
const collected = (column: string, of: string) =>
  `select distinct ${column} from unity_samples where time > now() - interval '1 hour' and metric = 'unity_collector_up'${of} order by 1`;

function chooser(name: string, label: string, query: string) {
  const all = { includeAll: true, multi: true, current: { text: "All", value: "$__all" } };
  // On each change of the time, so that new hosts show.
  return { name, label, type: "query", datasource: SOURCE, query, definition: query, refresh: 2, sort: 1, ...all };
}

function place(rows: readonly Row[]) {
  const placed: object[] = [];
  let id = 0;
  let y = 0;
  for (const { title, panels } of rows) {
    id += 1;
    placed.push({ id, type: "row", title, collapsed: false, gridPos: { h: 1, w: 24, x: 0, y }, panels: [] });
    y += 1;
    const height = panels.every(({ kind }) => kind === "stat") ? STAT_HEIGHT : PANEL_HEIGHT;
    let x = 0;
    for (const panel of panels) {
      if (x + panel.width > 24) {
        x = 0;
        y += height;
      }
      id += 1;
      placed.push(draw(panel, id, { h: height, w: panel.width, x, y }));
      x += panel.width;
    }
    y += height;
  }
  return placed;
}

function draw({ title, description = "", kind, unit, max, sql }: Panel, id: number, gridPos: object) {
  return {
    ...{ id, type: kind, title, description, datasource: SOURCE, gridPos },
    fieldConfig: { defaults: { unit, min: 0, ...(max === undefined ? {} : { max }) }, overrides: [] },
    options: OPTIONS[kind],
    targets: [
      {
        ...{ refId: "A", datasource: SOURCE, rawQuery: true, editorMode: "code", rawSql: sql },
        format: kind === "timeseries" ? "time_series" : "table",
      },
    ],
  };
}

const OPTIONS: Readonly<Record<Panel["kind"], object>> = {
  timeseries: { legend: { displayMode: "table", placement: "bottom", calcs: ["lastNotNull", "max"] } },
  table: { showHeader: true },
  stat: { reduceOptions: { calcs: ["lastNotNull"], values: false }, graphMode: "none" },
};
