import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Empty } from "../kit/empty.tsx";

interface Props {
  noIntel: boolean;
  filtered: boolean;
  onReset: () => void;
}

export function NothingNew({ noIntel, filtered, onReset }: Props) {
  if (filtered)
    return (
      <Empty title="No vulnerability fits this filter">
        <Button variant="default" size="xs" onClick={onReset}>
          Show all open ones
        </Button>
      </Empty>
    );
  if (noIntel)
    return (
      <Empty title="No advisories yet, so nothing can be found">
        <p>
          <Link to="/threats/feeds">Add a source</Link>: an address, or a folder of the server with the feeds' files
          (OSV, CSAF, CVE records, CISA KEV, EPSS).
        </p>
      </Empty>
    );
  return (
    <Empty title="Nothing open here" good>
      <p className="quiet">Every known vulnerability of your releases has been decided, or none was found.</p>
    </Empty>
  );
}
