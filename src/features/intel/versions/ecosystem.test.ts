import { expect, test } from "vitest";
import { normalName, schemeOf } from "./ecosystem.ts";

test.each([
  ["Debian:12", "deb"],
  ["Ubuntu:22.04:LTS", "deb"],
  ["Alpine:v3.18", "apk"],
  ["Wolfi", "apk"],
  ["Red Hat:enterprise_linux:9::baseos", "rpm"],
  ["SUSE:Linux Enterprise Server 15 SP4", "rpm"],
  ["Rocky Linux:9", "rpm"],
  ["PyPI", "pypi"],
  ["crates.io", "cargo"],
  ["Packagist", "packagist"],
  ["Linux", "linux"],
  ["GIT", "none"],
  ["OSS-Fuzz", "none"],
  ["A maker nobody knows", "generic"],
  ["__proto__", "generic"],
  ["constructor", "generic"],
])("%s orders its versions as %s", (ecosystem, scheme) => {
  expect(schemeOf(ecosystem)).toBe(scheme);
});

test.each([
  ["PyPI", "Zope.Interface_x", "zope-interface-x"],
  ["NuGet", "Newtonsoft.Json", "newtonsoft.json"],
  ["Packagist", "Symfony/Http-Kernel", "symfony/http-kernel"],
  ["Go", "github.com/BurntSushi/toml", "github.com/burntsushi/toml"],
  ["Maven", "org.apache/commons", "org.apache:commons"],
  ["npm", "JSONStream", "JSONStream"],
])("%s takes %s for %s", (ecosystem, name, normal) => {
  expect(normalName(ecosystem, name)).toBe(normal);
  expect(normalName(ecosystem, normal)).toBe(normal);
});
