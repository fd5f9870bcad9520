import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Unity } from "../unity";
import { estimateTokens } from "./bundle/estimate-tokens";
import type { Bundle } from "./shapes/bundle";
import { DAY_MS, HOUR_MS, NOW, openKnownUnity, PLANTED, PLANTED_IN_TEXT } from "./test-known-unity";

type Line = Readonly<Record<string, unknown>> & { readonly kind: string };

/** All that is known of a Unity here: the JSON lines of its bundle. */
function parse(text: string): Line[] {
  const blocks = [...text.matchAll(/^```jsonl\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split("\n").filter(Boolean)).map((line) => JSON.parse(line) as Line);
}

const terms = { from: NOW - DAY_MS, to: NOW, budget: 32_000, names: "real", format: "markdown" } as const;

/** Twenty questions that a person would ask, answered by looking at lines, as a reader would, and nothing else. */
const QUESTIONS: readonly {
  readonly question: string;
  readonly answer: (lines: Lines) => unknown;
  readonly is: unknown;
  /** Of those that even the smallest budget answers. */
  readonly first?: true;
}[] = [
  {
    question: "Which disk fills first?",
    answer: ({ all }) => [all("forecast")[0]?.host, all("forecast")[0]?.what],
    is: ["nas", "/srv"],
    first: true,
  },
  {
    question: "And in how many days is it full?",
    answer: ({ all }) => Math.round(Number(all("forecast")[0]?.days_until_full) * 2) / 2,
    is: 6,
    first: true,
  },
  {
    question: "Which host is the busiest?",
    answer: ({ all }) => all("host")[0]?.host,
    is: "pi",
    first: true,
  },
  {
    question: "Which container restarted most in the window, and how often?",
    answer: ({ all }) => {
      const [most] = all("container").toSorted((a, b) => Number(b.restarts_in_window) - Number(a.restarts_in_window));
      return [most?.container, most?.restarts_in_window];
    },
    is: ["immich", 7],
    first: true,
  },
  {
    question: "What fires now?",
    answer: ({ all }) => all("firing").map(({ host, labels, severity }) => [host, labels, severity]),
    is: [["pi", expect.objectContaining({ mount: "/boot" }), "warning"]],
    first: true,
  },
  {
    question: "Since when?",
    answer: ({ all }) => Math.round((NOW - Date.parse(String(all("firing")[0]?.since))) / HOUR_MS),
    is: 2,
    first: true,
  },
  {
    question: "How far is it beyond its limit?",
    answer: ({ all }) => [all("firing")[0]?.value, all("firing")[0]?.limit],
    is: [0.85, 0.8],
  },
  { question: "Does anybody know of it?", answer: ({ all }) => all("firing")[0]?.acknowledged_by, is: "Anna" },
  {
    question: "Which instance fails, and why?",
    answer: ({ all }) => all("trouble").map(({ instance, reason }) => [instance, reason]),
    is: [["Syncthing", "auth"]],
    first: true,
  },
  {
    question: "What is to be done about that?",
    answer: ({ all }) => all("trouble")[0]?.hint,
    is: "Copy the API key from Syncthing's settings.",
  },
  {
    question: "Which certificate ends first, and in how many days?",
    answer: ({ all }) => [all("certificate")[0]?.target, all("certificate")[0]?.days_left],
    is: ["cloud.example.org", 9],
    first: true,
  },
  {
    question: "How old is the last backup of the photos, in days?",
    answer: ({ all }) => {
      const photos = all("backup").find(({ job }) => job === "photos");
      return [Math.round(Number(photos?.age_seconds) / 86_400), photos?.healthy];
    },
    is: [4, 0],
    first: true,
  },
  {
    question: "Is the UPS on battery, and how full is it?",
    answer: ({ all }) => [all("ups")[0]?.on_battery, all("ups")[0]?.charge_ratio],
    is: [0, 0.88],
  },
  {
    question: "Which disk should be replaced?",
    answer: ({ all }) => [all("smart")[0]?.device, all("smart")[0]?.pending_sectors],
    is: ["/dev/sdb", 12],
  },
  {
    question: "What changed in the window?",
    answer: ({ all }) =>
      all("mover").some(({ metric, now }) => metric === "temperature_highest_celsius" && Number(now) > 70),
    is: true,
    first: true,
  },
  {
    question: "Which machine was started anew?",
    answer: ({ all }) => all("timeline").find(({ event }) => event === "machine started")?.host,
    is: "pi",
  },
  {
    question: "Which alert came and went?",
    answer: ({ all }) =>
      all("timeline")
        .filter(({ rule }) => rule === "Too warm")
        .map(({ event }) => event),
    is: ["alert resolved", "alert firing"],
  },
  {
    question: "What was the peak of the processors of nas, and when?",
    answer: ({ metric }) => {
      const cpu = metric("nas", "system_cpu_usage_ratio");
      const hoursAgo = (NOW - Date.parse(String(cpu?.max_at))) / HOUR_MS;
      return [cpu?.max, Math.abs(hoursAgo - 5) <= 0.25];
    },
    is: [0.97, true],
  },
  {
    question: "Is the memory of pi in use growing?",
    answer: ({ metric }) => metric("pi", "system_memory_used_ratio")?.trend,
    is: "rising",
  },
  {
    question: "What is not watched any more?",
    answer: ({ all }) =>
      all("instance")
        .filter(({ state }) => state === "paused")
        .map(({ name }) => name),
    is: ["Old list"],
  },
];

interface Lines {
  all(kind: string): readonly Line[];
  metric(host: string, metric: string): Line | undefined;
}
function lookAt(text: string): Lines {
  const lines = parse(text);
  return {
    all: (kind) => lines.filter((line) => line.kind === kind),
    metric: (host, metric) =>
      lines.find((line) => line.kind === "metric" && line.host === host && line.metric === metric),
  };
}

describe("a bundle of a known Unity", () => {
  let unity: Unity;
  let close: () => Promise<void>;
  const make = (more: object = {}): Promise<Bundle> => unity.assist.bundle({ ...terms, ...more });
  // One for all: it takes a few seconds to fill.
  beforeAll(async () => {
    ({ unity, close } = await openKnownUnity());
  }, 60_000);
  afterAll(() => close());

  test("there are twenty questions", () => expect(QUESTIONS).toHaveLength(20));

  test.each(QUESTIONS)("32,000 tokens answer: $question", async ({ answer, is }) => {
    expect(answer(lookAt((await make()).text))).toEqual(is);
  });

  test.each(QUESTIONS.filter(({ first }) => first))("8,000 tokens answer: $question", async ({ answer, is }) => {
    expect(answer(lookAt((await make({ budget: 8_000 })).text))).toEqual(is);
  });

  test.each([8_000, 32_000, 128_000] as const)(
    "%i tokens are never passed, and most are used when there is more",
    async (budget) => {
      for (const format of ["markdown", "jsonl"] as const) {
        const bundle = await make({ budget, format });
        expect(bundle.tokens).toBe(estimateTokens(bundle.text));
        expect(bundle.tokens).toBeLessThanOrEqual(budget);
        const leftOut = bundle.sections.reduce((sum, one) => sum + one.leftOut, 0);
        if (leftOut > 0) expect(bundle.tokens).toBeGreaterThan(budget * 0.95);
      }
    },
  );

  test("the same data and window give the same bytes", async () => {
    expect((await make()).text).toBe((await make()).text);
    expect((await make({ names: "pseudonyms" })).text).toBe((await make({ names: "pseudonyms" })).text);
  });

  test("what it says is left out is what is not there", async () => {
    const [small, large] = [await make({ budget: 8_000 }), await make({ budget: 128_000 })];
    const about = lookAt(small.text).all("about")[0]?.lines_left_out as Record<string, number>;
    for (const { name, lines, leftOut } of small.sections) {
      expect(lookAt(small.text).all(name)).toHaveLength(lines);
      expect(about[name] ?? 0).toBe(leftOut);
      const whole = large.sections.find((one) => one.name === name);
      expect(lines + leftOut).toBe((whole?.lines ?? 0) + (whole?.leftOut ?? 0));
    }
  });

  test("no secret is in it, neither of a configuration nor one that a text has", async () => {
    for (const names of ["real", "pseudonyms"] as const) {
      const { text } = await make({ budget: 128_000, names });
      expect(text).toContain("refused the key");
      for (const secret of [PLANTED, PLANTED_IN_TEXT]) expect(text).not.toContain(secret);
    }
  });

  test("with pseudonyms no machine is named, and the answers are the same", async () => {
    const { text } = await make({ names: "pseudonyms", budget: 128_000 });
    for (const name of ["nas", "pi", "node-3", "cloud.example.org", "10.1.2.3"])
      expect(text).not.toMatch(new RegExp(`(?<![\\w-])${name.replaceAll(".", "\\.")}(?![\\w-])`));
    const { all } = lookAt(text);
    expect(all("host")[0]?.host).toMatch(/^host-\d+$/);
    expect(all("forecast")[0]).toMatchObject({ what: "/srv" });
    expect(all("certificate")[0]?.target).toMatch(/^name-\d+$/);
    expect(all("trouble")[0]?.says).toContain("address-1");
  });
});
