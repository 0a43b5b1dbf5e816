import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distributionOf } from "./distribution.ts";

describe("the release of a distribution", () => {
  test.each<[namespace: string | null, distro: string, cpe: string | null, release: string | null]>([
    ["debian", "debian-12.5", "debian:debian_linux", "12.5"],
    ["debian", "bookworm", "debian:debian_linux", "12"],
    ["debian", "12", "debian:debian_linux", "12"],
    [null, "jammy", "canonical:ubuntu_linux", "22.04"],
    ["alpine", "3.18.4", "alpinelinux:alpine_linux", "3.18.4"],
    ["alpine", "alpine-v3.18", "alpinelinux:alpine_linux", "3.18"],
    ["redhat", "rhel-8.6", "redhat:enterprise_linux", "8.6"],
    ["amazon", "amazon-2 (Karoo)", "amazon:linux", "2"],
    ["opensuse", "opensuse-leap-15.4", "opensuse:leap", "15.4"],
    ["debian", "ubuntu-22.04", null, null],
    ["debian", "debian-sid", null, null],
    ["debian", "", null, null],
    ["wolfi", "wolfi-20230201", null, null],
    [null, "12", null, null],
  ])("%s with distro=%s is %s %s", (namespace, distro, cpe, release) => {
    expect(distributionOf(namespace, distro)).toEqual(cpe === null ? null : { cpe, release });
  });

  test("no text breaks it", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.string(), (namespace, distro) => {
        const found = distributionOf(namespace, distro);
        expect(found === null || /^\d/.test(found.release)).toBe(true);
      }),
    );
  });
});
