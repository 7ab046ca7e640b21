// The fields of the guided legal forms. Each: [name, needed for completeness, more].

const ADDRESS = [
  ["street", true, { autocomplete: "street-address" }],
  ["postal_code", true, { autocomplete: "postal-code" }],
  ["city", true, { autocomplete: "address-level2" }],
  ["country", true, { autocomplete: "country-name" }],
];
const CONTACT = [
  ["email", true, { kind: "email", autocomplete: "email" }],
  ["phone", false, { kind: "tel", autocomplete: "tel" }],
];

/** The groups of each form, in the order in which they are asked. */
export const LEGAL_GROUPS = {
  imprint: [
    ["who", [["name", true, { autocomplete: "name" }], ["legal_form", false], ["represented_by", false]]],
    ["address", ADDRESS],
    ["contact", CONTACT],
    ["register", [["register_court", false], ["register_number", false], ["vat_id", false]]],
    ["profession", [["profession", false], ["chamber", false], ["responsible", false]]],
  ],
  privacy: [
    ["controller", [["controller", true, { autocomplete: "name" }]]],
    ["address", ADDRESS],
    ["contact", CONTACT],
    ["hosting", [["hosting_provider", false], ["hosting_address", false]]],
    ["authority", [["supervisory_authority", false], ["data_protection_officer", false]]],
  ],
};
