"""Who someone is and for whom they act: eID with assurance levels, officials and their roles."""
