// The fields of the guided legal forms. Each: [name, needed for completeness, more]. `more.options`: a choice from a
// list. `more.for`: for which kinds of provider it is asked; `more.due`: for which it is needed.

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
const FIRMS = ["gmbh", "ug", "ag", "association"];
const PROVIDERS = ["", "private", "sole_trader", "freelancer", "regulated", "gmbh", "ug", "ag", "gbr", "association"];
const REGISTERED = ["", "sole_trader", "gbr", ...FIRMS];
const IN_BUSINESS = PROVIDERS.filter((provider) => provider !== "private");

/** The groups of each form, in the order in which they are asked. */
export const LEGAL_GROUPS = {
  imprint: [
    ["who", [
      ["provider", false, { options: PROVIDERS }], ["name", true, { autocomplete: "name" }],
      ["legal_form", false, { for: ["", "sole_trader"] }],
      ["represented_by", false, { for: ["", "gbr", ...FIRMS], due: ["gbr", ...FIRMS] }],
    ]],
    ["address", ADDRESS],
    ["contact", CONTACT],
    ["register", [
      ["register_court", false, { for: REGISTERED, due: FIRMS }],
      ["register_number", false, { for: REGISTERED, due: FIRMS }],
      ["vat_id", false, { for: IN_BUSINESS }], ["business_id", false, { for: IN_BUSINESS }],
    ]],
    ["profession", [
      ["profession", false, { for: ["", "regulated"], due: ["regulated"] }],
      ["chamber", false, { for: ["", "regulated"], due: ["regulated"] }],
      ["professional_rules", false, { for: ["", "regulated"], due: ["regulated"] }],
      ["responsible", false],
    ]],
    ["disputes", [
      ["dispute_resolution", false, { options: ["", "unwilling", "willing"], for: IN_BUSINESS }],
      ["dispute_body", false, { for: IN_BUSINESS }],
    ]],
  ],
  privacy: [
    ["controller", [["controller", true, { autocomplete: "name" }]]],
    ["address", ADDRESS],
    ["contact", CONTACT],
    ["hosting", [["hosting_provider", false], ["hosting_address", false]]],
    ["authority", [["supervisory_authority", false], ["data_protection_officer", false]]],
  ],
};
