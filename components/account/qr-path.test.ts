import { expect, test } from "vitest";
import { qrPath } from "./qr-path";

test("cells that touch in a row are one bar", () => {
  const cells = [
    [true, true, false],
    [false, false, false],
    [true, false, true],
  ];
  expect(qrPath(cells)).toBe("M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z");
});
