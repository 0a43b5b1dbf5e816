import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMe } from "../api/me.ts";
import { Palette } from "../palette/palette.tsx";
import { openPalette } from "../palette/store.ts";
import { KeysHelp } from "./keys-help.tsx";
import { Rail } from "./rail.tsx";
import { useGoKeys } from "./use-go-keys.ts";

/** Rail, page, palette: everything behind sign-in stands in here. */
export function Shell() {
  const [opened, menu] = useDisclosure(false);
  const narrow = useMediaQuery("(max-width: 859px)", false, { getInitialValueInEffect: false });
  const { pathname } = useLocation();
  const me = useMe();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useGoKeys();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page takes the focus and closes the menu
  useEffect(() => {
    menu.close();
    if (shown.current !== pathname && document.activeElement === document.body)
      main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      {narrow ? (
        <header className="topbar">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Menu" onClick={menu.open}>
            <IconMenu2 size={20} />
          </ActionIcon>
          <Link to="/today" className="brand">
            Cordon
          </Link>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Search" onClick={openPalette}>
            <IconSearch size={18} />
          </ActionIcon>
        </header>
      ) : (
        <Rail />
      )}
      {narrow && (
        <Drawer
          opened={opened}
          onClose={menu.close}
          size={280}
          padding={0}
          withCloseButton={false}
          title=""
          aria-label="Menu"
        >
          <Rail />
        </Drawer>
      )}
      <main id="main" tabIndex={-1} ref={main}>
        {me.mustSecure && pathname !== "/account" && (
          <p className="secure-first" role="status">
            You came in by a one-time link. <Link to="/account">Set a password or add a passkey</Link> before you leave,
            or you cannot come back.
          </p>
        )}
        <Outlet />
      </main>
      <Palette />
      <KeysHelp />
    </div>
  );
}
