import { defineBanner } from './banner-element.ts'

// `<script src="banner.js" defer>` and `<fix402-banner></fix402-banner>` are all that a page needs.
defineBanner()
