import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent. Everything else that has a colour is a state. */
const ink: MantineColorsTuple = [
  "#eef3fd",
  "#dbe6fb",
  "#b6cbf6",
  "#8fb0f2",
  "#86abf5",
  "#4c7ee0",
  "#2f64cf",
  "#1d4fb8",
  "#173f95",
  "#112f70",
];
const red: MantineColorsTuple = [
  "#fdecea",
  "#f9d3d0",
  "#f3aaa4",
  "#ff9d94",
  "#ff8077",
  "#d84338",
  "#bf2c24",
  "#a61b1b",
  "#861216",
  "#650a0f",
];

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, red },
  fontFamily:
    '"Inter Variable", "Segoe UI", "SF Pro Text", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  lineHeights: { xs: "1.45", sm: "1.5", md: "1.55", lg: "1.55", xl: "1.4" },
  defaultRadius: 6,
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm", fw: 550 } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", checkIconPosition: "right" } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 2 } },
    Modal: { defaultProps: { centered: true, radius: 10, overlayProps: { backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { shadow: "md", radius: 8 } },
    Tooltip: { defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Mantine speaks in our tokens (style/tokens.css), so that light and dark are designed in one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-2)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-default": "var(--paper)",
    "--mantine-color-default-hover": "var(--soft)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
  };
  return { variables: {}, light: shared, dark: shared };
};
