import { foldText } from './fold-text.js';

/**
 * ISO 3166-1 alpha-2 codes with their usual names in English: the common short name, and the other names
 * that OFAC, the UN and BIS print. Kept here and not taken from `Intl`: ids of addresses are made from the code,
 * and must not change with the version of Node.
 */
const NAMES =
  'AD Andorra|AE United Arab Emirates=UAE=U.A.E.|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania|' +
  'AM Armenia|AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba|' +
  'AX Aland Islands|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|' +
  'BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BL Saint Barthelemy|BM Bermuda|BN Brunei=Brunei Darussalam|' +
  'BO Bolivia=Bolivia (Plurinational State of)|BQ Caribbean Netherlands|BR Brazil|' +
  'BS Bahamas=Bahamas, The=The Bahamas|BT Bhutan|BV Bouvet Island|BW Botswana|BY Belarus|BZ Belize|CA Canada|' +
  'CC Cocos Islands|CD Congo, Democratic Republic of the=Democratic Republic of the Congo=DRC|' +
  'CF Central African Republic|CG Congo, Republic of the=Republic of the Congo=Congo|CH Switzerland|' +
  "CI Cote d Ivoire=Cote d'Ivoire=Ivory Coast|CK Cook Islands|CL Chile|CM Cameroon|" +
  "CN China=People's Republic of China=P.R. China=PRC|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde=Cabo Verde|" +
  'CW Curacao|CX Christmas Island|CY Cyprus|CZ Czech Republic=Czechia|DE Germany|DJ Djibouti|DK Denmark|' +
  'DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|' +
  'ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands|FM Micronesia=Micronesia (Federated States of)|' +
  'FO Faroe Islands|FR France|GA Gabon|' +
  'GB United Kingdom=United Kingdom of Great Britain and Northern Ireland=UK=Great Britain=England=Scotland=Wales=Northern Ireland|' +
  'GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|' +
  'GM Gambia=The Gambia=Gambia, The|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|' +
  'GS South Georgia and South Sandwich Islands|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|' +
  'HK Hong Kong=Hong Kong Special Administrative Region=Hong Kong SAR=Hong Kong, China|' +
  'HM Heard and McDonald Islands|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|' +
  'IM Isle of Man=Man, Isle of|IN India|IO British Indian Ocean Territory|IQ Iraq|' +
  'IR Iran=Iran (Islamic Republic of)=Islamic Republic of Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|' +
  'JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros=Union of the Comoros|' +
  "KN Saint Kitts and Nevis|KP North Korea=Korea, North=Democratic People's Republic of Korea=DPRK|" +
  'KR South Korea=Korea, South=Republic of Korea=Korea, Republic of|KW Kuwait|KY Cayman Islands|KZ Kazakhstan|' +
  "LA Laos=Lao People's Democratic Republic|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|" +
  'LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya=Libyan Arab Jamahiriya|MA Morocco|MC Monaco|' +
  'MD Moldova=Republic of Moldova|ME Montenegro|MF Saint Martin|MG Madagascar|MH Marshall Islands|' +
  'MK North Macedonia=Macedonia|ML Mali|MM Burma=Myanmar|MN Mongolia|MO Macau=Macao|MP Northern Mariana Islands|' +
  'MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|' +
  'MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|' +
  'NL Netherlands=The Netherlands=Netherlands, The=Holland|NO Norway|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|' +
  'OM Oman=Sultanate of Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|' +
  'PL Poland|PM Saint Pierre and Miquelon|PN Pitcairn Islands|PR Puerto Rico|' +
  'PS Palestinian Territories=Palestinian=Palestine=State of Palestine=West Bank=Gaza=Gaza Strip|PT Portugal|' +
  'PW Palau|PY Paraguay|QA Qatar|RE Reunion|RO Romania|RS Serbia|RU Russia=Russian Federation|RW Rwanda|' +
  'SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SH Saint Helena|SI Slovenia|' +
  'SJ Svalbard and Jan Mayen|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|' +
  'SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SX Sint Maarten|SY Syria=Syrian Arab Republic|' +
  'SZ Eswatini=Swaziland|TC Turks and Caicos Islands|TD Chad|TF French Southern Territories|TG Togo|TH Thailand|' +
  'TJ Tajikistan|TK Tokelau|TL Timor-Leste=East Timor|TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey=Turkiye|' +
  'TT Trinidad and Tobago|TV Tuvalu|TW Taiwan=Taiwan, Province of China|TZ Tanzania=United Republic of Tanzania|' +
  'UA Ukraine|UG Uganda|UM US Outlying Islands|US United States=United States of America=USA=U.S.A.|UY Uruguay|' +
  'UZ Uzbekistan|VA Vatican City=Holy See|VC Saint Vincent and the Grenadines|' +
  'VE Venezuela=Venezuela (Bolivarian Republic of)|VG British Virgin Islands=Virgin Islands, British|' +
  'VI Virgin Islands, US|VN Vietnam=Viet Nam|VU Vanuatu|WF Wallis and Futuna|WS Samoa|XK Kosovo|YE Yemen|' +
  'YT Mayotte|ZA South Africa|ZM Zambia|ZW Zimbabwe';

/**
 * The ISO 3166-1 alpha-2 code of a country printed as a code or by one of its usual English names.
 * @param text the country as published: `CN`, `China`, `Iran (Islamic Republic of)`
 * @returns the code in capitals, or null where the text names no country that is known here
 */
export function countryCode(text: string | null): string | null {
  if (text === null || text.length === 0 || text.length > 60) return null;
  return codes.get(foldText(text)) ?? null;
}

const codes = new Map<string, string>();
for (const entry of NAMES.split('|')) {
  const code = entry.slice(0, 2);
  codes.set(code.toLowerCase(), code);
  for (const name of entry.slice(3).split('=')) codes.set(foldText(name), code);
}
