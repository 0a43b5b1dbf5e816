import { Link } from "@tanstack/react-router";
import { Empty } from "../kit/empty.tsx";

export function NotHere() {
  return (
    <div className="page">
      <Empty title="There is no page at this address">
        <p>
          The link may be old, or mistyped. Start from <Link to="/today">Today</Link>, or press Ctrl K to search.
        </p>
      </Empty>
    </div>
  );
}
