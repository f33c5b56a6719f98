"""The words that the demo's people, companies and texts are put together from."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = _words("""
    Aino Akira Alba Aleksander Amara Anders Anika Anton Astrid Aurelia Bao Bastian Beatrix Bianca Bjarne Callum
    Carina Cedric Chiara Clara Daan Dalia Darius Delphine Diego Edda Elias Elif Emre Enzo Esther Fabian Farah
    Fiona Florian Freya Gabriel Gemma Gustav Hana Hedda Henrik Hilde Ibrahim Ida Ilse Imani Ines Ivan Jana
    Jasper Joana Jonas Kaito Karin Kasper Keira Kofi Lara Leila Lennart Linnea Livia Luca Lydia Magnus Malik
    Mara Matilda Mei Mikael Milan Nadia Naomi Nils Nina Odile Olga Oskar Otto Paloma Pavel Petra Quentin Rania
    Rasmus Renata Rhea Ruben Sabine Saga Salma Samir Selma Sigrid Silas Stella Sven Tamara Tariq Teresa Tilda
    Tobias Ulrika Valeria Vera Viktor Wanda Willem Xenia Yara Yusuf Zara Zeno
""")
LAST_NAMES = _words("""
    Abbott Adeyemi Albrecht Almeida Andersson Aoki Arendt Bakker Barbosa Bauer Becker Bellini Berg Bianchi Blom
    Bonnet Brandt Brennan Calloway Campos Castell Chandra Christie Claes Cordero Dahl Danso Delgado Devlin
    Dubois Eklund Elbaz Engel Esposito Falk Farrow Ferrari Fischer Fontaine Forsberg Galli Garnier Gill Grant
    Gruber Haas Hakala Halvorsen Hartmann Hedlund Herrera Hoffmann Holloway Ibarra Inoue Ivarsson Jansen Jensen
    Jokinen Kamara Kapoor Keller Kimura Klein Koch Kowalski Kruger Laurent Lehmann Lindqvist Lombardi Lopes Lund
    Maier Marchetti Mbeki Mendes Meyer Mori Moreau Murray Nakagawa Navarro Neumann Nilsen Novak Nygaard Okoye
    Olsen Ortiz Osei Palmer Papadakis Pereira Petit Pohl Quinn Rahman Ramos Ricci Rossi Roth Rousseau Ruiz
    Sandoval Santos Schmitt Schultz Serrano Shah Silva Sorensen Stein Suzuki Svensson Takeda Tanner Thorne
    Toivonen Torres Ueda Vargas Varga Vidal Visser Vogel Wagner Walsh Weber Winter Wolff Yamada Young Zanetti
    Ziegler
""")
COMPANY_FIRST = _words("""
    Alder Amber Anchor Arctic Ashford Azure Baltic Beacon Birch Blue Bright Cascade Cedar Clear Coastal Copper
    Crescent Delta Eagle Echo Elm Ember Evergreen Falcon Fern Flint Forest Garnet Glacier Golden Granite Green
    Harbor Hawthorn Heron High Hollow Indigo Iron Ivory Juniper Keystone Lark Lighthouse Linden Maple Meridian
    Mill Moss North Oak Ocean Olive Opal Orchard Osprey Pearl Pine Polar Quartz Raven Red River Rowan Saffron
    Sage Sapphire Silver South Spruce Stone Summit Swift Tide Topaz Valley Vista Willow Wren Zephyr
""")
COMPANIES_BY_INDUSTRY = {
    "Manufacturing": ("Works", "Castings", "Tools", "Precision"),
    "Energy": ("Power", "Grid", "Turbines", "Solar"),
    "Healthcare": ("Clinics", "Diagnostics", "Laboratories", "Medical"),
    "Software": ("Systems", "Analytics", "Cloud", "Data"),
    "Retail": ("Stores", "Outfitters", "Markets", "Supply"),
    "Transport": ("Lines", "Freight", "Rail", "Logistics"),
    "Food": ("Dairy", "Mills", "Breweries", "Farms"),
    "Education": ("Academy", "Institute", "College", "Learning"),
    "Insurance": ("Mutual", "Assurance", "Cover", "Underwriting"),
    "Hospitality": ("Hotels", "Resorts", "Inns", "Catering"),
}
PLACES = (
    ("Oslo", "Oslo", "0150", "Norway", "no", "EMEA"),
    ("Bergen", "Vestland", "5003", "Norway", "no", "EMEA"),
    ("Gothenburg", "Västra Götaland", "411 06", "Sweden", "sv", "EMEA"),
    ("Uppsala", "Uppsala", "753 20", "Sweden", "sv", "EMEA"),
    ("Aarhus", "", "8000", "Denmark", "da", "EMEA"),
    ("Tampere", "Pirkanmaa", "33100", "Finland", "fi", "EMEA"),
    ("Hamburg", "Hamburg", "20095", "Germany", "de", "EMEA"),
    ("Leipzig", "Sachsen", "04109", "Germany", "de", "EMEA"),
    ("Stuttgart", "Baden-Württemberg", "70173", "Germany", "de", "EMEA"),
    ("Graz", "Steiermark", "8010", "Austria", "de", "EMEA"),
    ("Basel", "Basel-Stadt", "4051", "Switzerland", "de", "EMEA"),
    ("Lyon", "Rhône", "69002", "France", "fr", "EMEA"),
    ("Nantes", "Loire-Atlantique", "44000", "France", "fr", "EMEA"),
    ("Ghent", "Oost-Vlaanderen", "9000", "Belgium", "nl", "EMEA"),
    ("Utrecht", "Utrecht", "3511 AA", "Netherlands", "nl", "EMEA"),
    ("Leeds", "West Yorkshire", "LS1 4DY", "United Kingdom", "en", "EMEA"),
    ("Bristol", "Bristol", "BS1 5TR", "United Kingdom", "en", "EMEA"),
    ("Cork", "County Cork", "T12 X8N6", "Ireland", "en", "EMEA"),
    ("Valencia", "Valencia", "46001", "Spain", "es", "EMEA"),
    ("Bologna", "Bologna", "40121", "Italy", "it", "EMEA"),
    ("Porto", "", "4000-007", "Portugal", "pt", "EMEA"),
    ("Gdańsk", "Pomorskie", "80-001", "Poland", "pl", "EMEA"),
    ("Boston", "MA", "02108", "United States", "en", "AMER"),
    ("Omaha", "NE", "68102", "United States", "en", "AMER"),
    ("Portland", "OR", "97204", "United States", "en", "AMER"),
    ("Austin", "TX", "78701", "United States", "en", "AMER"),
    ("Halifax", "NS", "B3J 1A1", "Canada", "en", "AMER"),
    ("Montréal", "QC", "H2Y 1C6", "Canada", "fr", "AMER"),
    ("Monterrey", "Nuevo León", "64000", "Mexico", "es", "AMER"),
    ("Curitiba", "Paraná", "80010-000", "Brazil", "pt", "AMER"),
    ("Osaka", "Osaka", "530-0001", "Japan", "ja", "APAC"),
    ("Melbourne", "VIC", "3000", "Australia", "en", "APAC"),
    ("Wellington", "", "6011", "New Zealand", "en", "APAC"),
    ("Singapore", "", "048616", "Singapore", "en", "APAC"),
    ("Pune", "Maharashtra", "411001", "India", "en", "APAC"),
)
"""City, province, postal code, country, language, region."""
TITLES = (
    ("Managing Director", "Executive"),
    ("Chief Technology Officer", "Executive"),
    ("Head of Production", "Manager"),
    ("Plant Manager", "Manager"),
    ("Quality Manager", "Manager"),
    ("Purchasing Manager", "Manager"),
    ("Marketing Manager", "Manager"),
    ("Process Engineer", "Specialist"),
    ("Maintenance Engineer", "Specialist"),
    ("Laboratory Technician", "Specialist"),
    ("Buyer", "Specialist"),
    ("Assistant", "Assistant"),
)
"""Title and job role."""
PRODUCTS = (
    ("Thermo 200", "Thermometer", 240),
    ("Thermo 500 Pro", "Thermometer", 620),
    ("Flowline", "Flow meter", 1850),
    ("Flowline Compact", "Flow meter", 1190),
    ("Barograph X", "Pressure gauge", 480),
    ("Levelmate", "Level sensor", 730),
    ("Clarity pH", "Laboratory", 1340),
    ("Hubstation", "Data logger", 2100),
)
"""Name, family, price."""
TOPICS = (
    "Calibrating in half the time",
    "Five plants, one dashboard",
    "What a tenth of a degree costs",
    "Sensors that phone home",
    "Reading a pressure curve",
    "The new service portal",
    "Summer in the test laboratory",
    "Spare parts within a day",
    "Clean water, measured",
    "Preparing for the audit",
    "A look into our foundry",
    "The year in numbers",
)
"""Of the monthly letter."""
QUESTIONS = (
    "How often does the Flowline have to be calibrated?",
    "Could somebody show us the Hubstation?",
    "We need a quotation for twelve Levelmates.",
    "Which cable fits the Thermo 200?",
    "Is there a training in our region?",
)
CASES = ("Drifting values", "No connection", "Broken display", "Calibration certificate", "Question about firmware")
PAGES = (
    "",
    "products",
    "products/flowline",
    "products/hubstation",
    "prices",
    "support",
    "events",
    "catalogue",
    "careers",
)
