import { UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay, useMe } from "../api/me.ts";
import { Bell } from "../notices/bell.tsx";
import { openPalette } from "../palette/store.ts";
import { AccountMenu } from "./account-menu.tsx";
import { ENTRIES } from "./rail-entries.ts";

export function Rail() {
  const may = useMay();
  const me = useMe();
  return (
    <nav className="rail" aria-label="Main">
      <Link to="/today" className="brand">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path
            d="M12 2 3.500 5.200v6.300c0 5 3.600 8.700 8.500 10.500 4.900-1.800 8.500-5.500 8.500-10.500V5.200z"
            fill="currentColor"
          />
          <path
            d="M6.500 12.200h2.900l1.500-3.700 2.400 6.800 1.400-3.100h2.800"
            fill="none"
            stroke="var(--soft)"
            strokeWidth="1.700"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        Cordon
      </Link>
      <UnstyledButton className="rail-search" onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} aria-hidden="true" />
        Find
        <kbd>Ctrl K</kbd>
      </UnstyledButton>
      <ul>
        {ENTRIES.filter((entry) => may(entry.can)).map(({ to, name, question, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className="rail-link" activeProps={{ className: "rail-here" }} title={question}>
              <Icon size={18} stroke={1.7} aria-hidden="true" />
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <Bell />
      <div className="rail-foot">
        <span className="rail-organization" title="Organisation">
          {me.organization.name}
        </span>
        <AccountMenu />
      </div>
    </nav>
  );
}
