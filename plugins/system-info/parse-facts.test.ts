import { expect, test } from "vitest";
import { firmwareName, parseCpuInfo, parseOsRelease, plain } from "./parse-facts";

test.each([
  [
    "quotes of both kinds and none",
    `NAME="Debian GNU/Linux"\nVERSION_ID='12'\nID=debian\n`,
    { name: "Debian GNU/Linux", version: "12", pretty: "Debian GNU/Linux", family: ["debian"] },
  ],
  [
    "a family",
    'NAME="Ubuntu"\nPRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nID_LIKE="debian x"\n',
    { name: "Ubuntu", version: "", pretty: "Ubuntu 24.04 LTS", family: ["ubuntu", "debian", "x"] },
  ],
  [
    "escapes, comments and a rolling release",
    '# NAME="no"\nNAME="A \\"B\\" \\$C"\nBUILD_ID=rolling\n',
    { name: 'A "B" $C', version: "rolling", pretty: 'A "B" $C', family: [] },
  ],
  ["nothing", "", { name: "", version: "", pretty: "", family: [] }],
  ["nonsense", "<html>\n=\nNAME", { name: "", version: "", pretty: "", family: [] }],
])("reads os-release with %s", (_, text, release) => {
  expect(parseOsRelease(text)).toEqual(release);
});

const x86 = (processor: number, socket: number, core: number) =>
  `processor\t: ${processor}\nmodel name\t: Intel(R) Xeon(R)   Gold\nmicrocode\t: 0x1\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;

test.each([
  [
    "two sockets with threads",
    [x86(0, 0, 0), x86(1, 0, 0), x86(2, 0, 1), x86(3, 1, 0)].join("\n"),
    { model: "Intel(R) Xeon(R) Gold", sockets: 2, cores: 3, microcode: "0x1" },
  ],
  ["ARM without a name", "processor\t: 0\nCPU part\t: 0xd08\n", { model: "", microcode: "" }],
  ["old ARM", "Processor\t: ARMv7 Processor rev 4 (v7l)\nprocessor\t: 0\n", { model: "ARMv7 Processor rev 4 (v7l)" }],
  ["POWER", "processor\t: 0\ncpu\t\t: POWER9, altivec supported\n", { model: "POWER9, altivec supported" }],
  ["nothing", "", { model: "" }],
])("reads the CPU of %s", (_, text, facts) => {
  expect(parseCpuInfo(text)).toMatchObject(facts);
});

test.each([
  ["MINI S\n", "MINI S"],
  ["To Be Filled By O.E.M.", ""],
  ["to be filled by oem", ""],
  ["Default string", ""],
  ["System Product Name", ""],
  ["0000000", ""],
  ["None", ""],
  ["Unknown Soldier", "Unknown Soldier"],
])("takes %j in the firmware for %j", (text, name) => {
  expect(firmwareName(text)).toBe(name);
});

test("makes any text one short line", () => {
  expect(plain(" a\u0000\u001b[31m\n\u202eb  c\t")).toBe("a [31m b c");
  expect(plain("x".repeat(1_000))).toHaveLength(200);
});
