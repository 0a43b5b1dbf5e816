import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMail,
  IconMoon,
  IconShieldLock,
  IconSun,
} from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api, ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { sayProblem } from "../kit/notify.tsx";
import { ROLE_WORD } from "../kit/words.ts";
import { openKeysHelp } from "./keys-help.tsx";
import { signOut } from "./sign-out.ts";

const SCHEMES = [
  { value: "light", name: "Light", icon: IconSun },
  { value: "dark", name: "Dark", icon: IconMoon },
  { value: "auto", name: "As the system", icon: IconDeviceDesktop },
] as const;

export function AccountMenu() {
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const organizations = useQuery(ask.people.organizations.list.queryOptions()).data?.items ?? [];
  const leave = () =>
    signOut()
      .then(() => {
        queries.clear();
        return navigate({ to: "/sign-in" });
      })
      .catch(sayProblem);
  const switchTo = (id: string) =>
    api.people.organizations
      .switchTo({ id })
      .then(() => location.assign("/today"))
      .catch(sayProblem);
  return (
    <Menu position="top-start" width={244}>
      <Menu.Target>
        <UnstyledButton className="account-button">
          <span className="avatar" aria-hidden="true">
            {initials(me.name)}
          </span>
          <span className="account-name">
            {me.name}
            <small>{me.roles.map((role) => ROLE_WORD[role]).join(", ")}</small>
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconShieldLock size={16} />} component={Link} to="/account">
          My security
        </Menu.Item>
        <Menu.Item leftSection={<IconMail size={16} />} component={Link} to="/account/notices">
          My notices and calendar
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeysHelp} rightSection={<kbd>?</kbd>}>
          Keys
        </Menu.Item>
        {organizations.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>Organisation</Menu.Label>
            {organizations.map((organization) => (
              <Menu.Item
                key={organization.id}
                onClick={() => switchTo(organization.id)}
                disabled={organization.id === me.organization.id}
                rightSection={organization.id === me.organization.id ? <IconCheck size={14} /> : null}
              >
                {organization.name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(({ value, name, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .join("")
    .toUpperCase();
