// The blocks that a page is made of, as they are edited.

import { FIELDS } from "./block-fields.js";
import { newId } from "./ids.js";

/** One block being edited: { kind, fields, value() }. A kind that is not known here is kept as it is. */
export function editedBlock(block) {
  const fields = FIELDS[block.kind]?.(block) ?? [];
  const known = block.kind in FIELDS;
  // A form keeps its id for good, because what is sent to it is found by it.
  const kept = block.kind === "form" ? { id: block.id ?? newId() } : {};
  return {
    kind: block.kind,
    known,
    fields,
    value: () => (known ? { kind: block.kind, ...kept, ...told(fields) } : block),
  };
}

/** The fields' values, without those that were left empty, at the places that their paths name. */
function told(fields) {
  const values = {};
  for (const field of fields) {
    const value = field.get();
    if (field.optional && (value === "" || value === null)) continue;
    const names = field.path.split("/");
    const last = names.pop();
    const place = names.reduce((part, name) => (part[name] ??= {}), values);
    place[last] = value;
  }
  return values;
}
