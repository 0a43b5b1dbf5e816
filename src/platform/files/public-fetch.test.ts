import { describe, expect, test } from "vitest";
import { isPublicAddress, publicFetch } from "./public-fetch.ts";

describe("a source cannot make the server ask its neighbours", () => {
  test.each([
    ["93.184.216.34", true],
    ["2606:2800:220:1:248:1893:25c8:1946", true],
    ["127.0.0.1", false],
    ["10.1.2.3", false],
    ["169.254.169.254", false],
    ["172.31.255.255", false],
    ["192.168.0.1", false],
    ["100.64.0.1", false],
    ["0.0.0.0", false],
    ["::1", false],
    ["fd00::1", false],
    ["fe80::1", false],
    ["::ffff:127.0.0.1", false],
    ["::ffff:93.184.216.34", true],
    ["::ffff:7f00:1", false],
    ["64:ff9b::7f00:1", false],
    ["2002:7f00:1::", false],
    ["not an address", false],
  ])("%s is public: %s", (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  test.each([
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://localhost/x",
    "https://2130706433/x",
    "http://example.com/x",
  ])("%s is not fetched", async (address) => {
    await expect(publicFetch(address)).rejects.toThrow(/public internet|Only https/);
  });
});
